using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Trino;

/// <summary>A Trino or Presto connection's settings after checking.</summary>
internal sealed record TrinoAccess : WarehouseAccess
{
    public required Secret Password { get; init; }
    public required bool AsToken { get; init; }

    public static TrinoAccess? Read(TrinoFlavor flavor, ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        var settings = new WarehouseSettings(connection, flavor.Type);
        var token = settings.Mode(TrinoSpec.Basic, TrinoSpec.Jwt) == TrinoSpec.Jwt;
        // 8080 is where both listen without TLS; on any other port TLS is the rule.
        var endpoint = settings.Endpoint(TrinoSpec.PlainPort, tls: connection.Port is not (null or TrinoSpec.PlainPort));
        var access = new TrinoAccess
        {
            Endpoint = endpoint ?? new Uri("https://invalid"),
            User = settings.Username(),
            Password = token ? settings.Token() : settings.Password(required: false),
            AsToken = token,
            Authorities = settings.Authorities("ssl_truststore"),
            ConnectTimeout = settings.ConnectTimeout(),
            StatementTimeout = settings.StatementTimeout(),
        };
        if (access.User.Any(c => c > 126)) settings.Add("username", "The name stands in a header, which takes no such letters");
        problems = settings.Problems;
        return problems.Count == 0 ? access : null;
    }
}
