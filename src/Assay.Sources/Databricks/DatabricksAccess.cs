using System.Text.RegularExpressions;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Databricks;

/// <summary>A Databricks connection's settings after checking.</summary>
internal sealed partial record DatabricksAccess : WarehouseAccess
{
    /// <summary>The personal access token, or the service principal's secret.</summary>
    public required Secret Password { get; init; }
    /// <summary>The service principal's client id; null signs in with the token itself.</summary>
    public string? Client { get; init; }
    /// <summary>The SQL warehouse; null means the first that runs.</summary>
    public string? Warehouse { get; init; }
    /// <summary>The catalog where it is part of the connection.</summary>
    public string? Catalog { get; init; }

    public static DatabricksAccess? Read(ConnectionSettings connection, bool native, out IReadOnlyList<SettingProblem> problems)
    {
        if (native && connection.Host is { } url && Uri.TryCreate(url.Trim(), UriKind.Absolute, out var workspace) && workspace is { Scheme: "https", AbsolutePath: "/", Query: "", UserInfo: "" })
            connection = connection with { Host = workspace.Host, Port = connection.Port ?? workspace.Port };
        var settings = new WarehouseSettings(connection, native ? "databricks_native" : "databricks");
        var machine = settings.Mode(DatabricksSpec.AccessToken, DatabricksSpec.Machine) == DatabricksSpec.Machine;
        var endpoint = settings.Endpoint();
        var client = machine ? settings.Username() : null;
        if (!machine) settings.Accept("username");
        var path = settings.Parameters.Text("path", 500);
        var warehouse = path is null ? null : WarehousePath().Match(path.Trim());
        if (path is null && !native) settings.Parameters.Add("path", "Field required", "missing");
        else if (warehouse is { Success: false })
            settings.Parameters.Add("path", "Input should be the HTTP path of a SQL warehouse, such as /sql/1.0/warehouses/0123456789abcdef; clusters have no such interface");
        if (native)
        {
            settings.Accept("catalog", "catalog_type");
            if (string.IsNullOrWhiteSpace(connection.Catalog)) settings.Missing("catalog");
            if (connection.CatalogType is { Length: > 0 } type && !type.Equals("unity", StringComparison.OrdinalIgnoreCase) && !type.Equals("unity_catalog", StringComparison.OrdinalIgnoreCase))
                settings.Add("catalog_type", "Input should be 'unity'", "enum");
        }
        var access = new DatabricksAccess
        {
            Endpoint = endpoint ?? new Uri("https://invalid"),
            User = client ?? "the token's owner",
            Client = client,
            Password = settings.Token(),
            Warehouse = warehouse is { Success: true } ? warehouse.Groups[1].Value : null,
            Catalog = native ? connection.Catalog?.Trim() : null,
            ConnectTimeout = settings.ConnectTimeout(),
            StatementTimeout = settings.StatementTimeout(),
        };
        problems = settings.Problems;
        return problems.Count == 0 ? access : null;
    }

    [GeneratedRegex(@"^/?sql/1\.0/(?:warehouses|endpoints)/([0-9a-zA-Z]+)/?$")]
    private static partial Regex WarehousePath();
}
