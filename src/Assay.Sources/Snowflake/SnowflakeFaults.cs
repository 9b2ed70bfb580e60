using System.Net;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

/// <summary>What Snowflake's codes mean, and what to do about them.</summary>
internal static class SnowflakeFaults
{
    public static WarehouseRefusal OfSignIn(JsonElement answer, SnowflakeAccess access)
    {
        var (code, said) = (answer.TextAt("code") ?? "", Said(answer));
        return code switch
        {
            "390100" or "390101" or "390104" => Refused($"Snowflake refused user name and password of '{access.User}'. Check both, and that the account in the host is the right one."),
            "390102" or "390103" or "390108" => Refused($"The user '{access.User}' is locked or disabled, or the password has expired."),
            "390144" or "390145" or "394304" => Refused($"Snowflake does not take this private key for '{access.User}'. The user needs its public key (ALTER USER ... SET RSA_PUBLIC_KEY), and user and account must be spelled right."),
            "390303" or "390318" or "394400" or "394401" => Refused($"Snowflake does not take this token for '{access.User}': it is not valid, or no longer. Make a new one."),
            "390195" or "390127" or "390128" or "394507" => Refused($"The user '{access.User}' has to sign in with a second factor, which only people have. Use a key pair or a programmatic access token."),
            "390422" or "390420" => Refused("A network policy of Snowflake's does not let this Assay in. Have its address added."),
            "390186" or "390189" or "390197" => new(SourceFaultCode.PermissionDenied, $"The role '{access.Role}' does not exist, or was not granted to '{access.User}'.", said),
            "390201" => new(SourceFaultCode.NotFound, "The database does not exist, or the role may not see it.", said),
            _ => Refused($"Snowflake refused the sign-in of '{access.User}' (code {code})."),
        };

        WarehouseRefusal Refused(string message) => new(SourceFaultCode.SignInFailed, message, said);
    }

    public static WarehouseRefusal NoWarehouse(SnowflakeAccess access, string? said = null) => new(SourceFaultCode.PermissionDenied,
        $"The warehouse '{access.Warehouse}' does not exist, or the role '{access.Role}' may not use it. Needed: GRANT USAGE ON WAREHOUSE.", said);

    public static WarehouseRefusal OfStatement(JsonElement answer, SnowflakeAccess access)
    {
        var (code, said) = (answer.TextAt("code") ?? "", Said(answer));
        return (code, answer.TextAt("data", "sqlState")) switch
        {
            ("000606", _) => NoWarehouse(access, said),
            ("002003" or "002043", _) => new(SourceFaultCode.NotFound, $"The object does not exist, or the role '{access.Role}' may not see it. Names made without quotes are in capitals.", said),
            ("003001", _) or (_, "42501") => new(SourceFaultCode.PermissionDenied, $"The role '{access.Role}' lacks the right for this. docs/connectors/snowflake.md lists the grants.", said),
            ("000630", _) or ("000604", _) or (_, "57014") => new(SourceFaultCode.TimedOut, "Snowflake stopped the statement: it took longer than allowed, or somebody cancelled it.", said),
            ("090073", _) => new(SourceFaultCode.SourceError, $"The warehouse '{access.Warehouse}' cannot be started: its resource monitor has used up its quota.", said),
            ("390110" or "390111" or "390113" or "390114" or "390115", _) => new(SourceFaultCode.ConnectionLost, "Snowflake ended the session. Try again.", said),
            var (_, state) => new(SourceFaultCode.SourceError, $"Snowflake reported an error (code {code}, SQLSTATE {state}); the server log of Assay has the details.", said),
        };
    }

    public static WarehouseRefusal OfStatus(WarehouseAnswer answer, Uri root) => answer.Status switch
    {
        HttpStatusCode.Forbidden or HttpStatusCode.NotFound => new(SourceFaultCode.InvalidSettings,
            $"{root.Authority} does not answer as a Snowflake account would (HTTP {(int)answer.Status}). Check the account's name and region.", Said(answer.Body)),
        HttpStatusCode.Unauthorized => new(SourceFaultCode.SignInFailed, "Snowflake does not take the session's token. Try again.", Said(answer.Body)),
        HttpStatusCode.TooManyRequests => new(SourceFaultCode.TooManyConnections, "Snowflake takes no more requests at the moment. Try again later.", Said(answer.Body)),
        _ => new(SourceFaultCode.SourceError, $"Snowflake answered with HTTP {(int)answer.Status}. Try again.", Said(answer.Body)),
    };

    private static string Said(JsonElement answer) => $"{answer.TextAt("code")} {answer.TextAt("message")}";
}
