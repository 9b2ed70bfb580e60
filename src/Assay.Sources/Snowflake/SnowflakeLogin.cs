using System.Globalization;
using System.Text.Json;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

/// <summary>The request that opens a session.</summary>
internal static class SnowflakeLogin
{
    /// <returns>What the session is: tokens, how long they last, version, role and warehouse.</returns>
    public static async Task<JsonElement> SignInAsync(SnowflakeAccess access, WarehouseHttp http, CancellationToken cancel)
    {
        var path = $"{SnowflakeLine.NewRequest("/session/v1/login-request")}&warehouse={Uri.EscapeDataString(access.Warehouse)}&roleName={Uri.EscapeDataString(access.Role)}";
        var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, new Uri(access.Endpoint, path))
        {
            Headers = { { "Accept", "application/json" } },
            Content = WarehouseHttp.Json(new { data = Body(access, http.Time.GetUtcNow()) }),
        }, cancel);
        if (!answer.Succeeded) throw SnowflakeFaults.OfStatus(answer, access.Endpoint);
        if (answer.Body.At("success").ValueKind is not JsonValueKind.True) throw SnowflakeFaults.OfSignIn(answer.Body, access);
        return answer.Body.At("data");
    }

    private static Dictionary<string, object> Body(SnowflakeAccess access, DateTimeOffset now)
    {
        var body = new Dictionary<string, object>
        {
            ["ACCOUNT_NAME"] = access.Account,
            ["LOGIN_NAME"] = access.User,
            ["CLIENT_ENVIRONMENT"] = new { APPLICATION = "Assay" },
            ["SESSION_PARAMETERS"] = SessionParameters(access),
        };
        switch (access.Mode)
        {
            case SnowflakeSpec.KeyPair:
                body["AUTHENTICATOR"] = "SNOWFLAKE_JWT";
                body["TOKEN"] = SnowflakeKey.Token(access, now);
                break;
            case SnowflakeSpec.AccessToken:
                body["AUTHENTICATOR"] = "PROGRAMMATIC_ACCESS_TOKEN";
                body["TOKEN"] = access.Password.Reveal();
                break;
            case SnowflakeSpec.OAuth:
                body["AUTHENTICATOR"] = "OAUTH";
                body["TOKEN"] = access.Password.Reveal();
                break;
            default:
                body["PASSWORD"] = access.Password.Reveal();
                break;
        }
        return body;
    }

    private static Dictionary<string, object> SessionParameters(SnowflakeAccess access)
    {
        var parameters = new Dictionary<string, object>
        {
            ["QUERY_TAG"] = "assay",
            ["TIMEZONE"] = "UTC",
            ["BINARY_OUTPUT_FORMAT"] = "HEX",
            // Megabytes, the least there is: two parts of a result are in memory at a time.
            ["CLIENT_RESULT_CHUNK_SIZE"] = 16,
        };
        if (access.StatementTimeout is { } timeout)
            parameters["STATEMENT_TIMEOUT_IN_SECONDS"] = ((long)Math.Ceiling(timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return parameters;
    }
}
