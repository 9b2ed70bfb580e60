using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Databricks;

internal static class DatabricksSpec
{
    public const string AccessToken = "ACCESS_TOKEN";
    public const string Machine = "OAUTH_M2M";

    private static readonly PropertySpec[] signIn =
    [
        WarehouseProperties.Mode(AccessToken, Machine),
        new PropertySpec { Field = "password", Required = true, Title = "Personal access token", Secret = true }.For(AccessToken),
        new PropertySpec { Field = "username", Required = true, Title = "Client id", Info = "Of a service principal." }.For(Machine),
        new PropertySpec { Field = "password", Required = true, Title = "Client secret", Secret = true }.For(Machine),
    ];

    public static ConnectorSpec Jdbc { get; } = new()
    {
        Type = "databricks",
        DisplayName = "Databricks",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = true,
        CatalogLevels = ["catalog", "schema"],
        DefaultPort = 443,
        Properties =
        [
            WarehouseProperties.Host("Host", "dbc-a1b2c3d4-e5f6.cloud.databricks.com", "The workspace's host name."),
            new() { Field = "path", MapTo = "parameters", Required = true, Title = "HTTP path", Placeholder = "/sql/1.0/warehouses/0123456789abcdef", Info = "Of a SQL warehouse." },
            .. signIn,
            WarehouseProperties.Port(),
            .. WarehouseProperties.Conduct(),
            WarehouseProperties.Catalog(),
            WarehouseProperties.Schema(),
        ],
    };

    public static ConnectorSpec Native { get; } = new()
    {
        Type = "databricks_native",
        DisplayName = "Databricks (Unity Catalog)",
        StoreType = StoreType.Native,
        SupportsEnrichment = false,
        CatalogLevels = ["schema"],
        DefaultPort = 443,
        Properties =
        [
            WarehouseProperties.Host("Workspace", "dbc-a1b2c3d4-e5f6.cloud.databricks.com", "The workspace's host name; its URL is accepted too."),
            new() { Field = "catalog", Required = true, Title = "Catalog" },
            new() { Field = "catalog_type", Title = "Catalog type", Type = "enum", Values = ["unity"], Default = "unity" },
            new() { Field = "path", MapTo = "parameters", Title = "HTTP path", Placeholder = "/sql/1.0/warehouses/0123456789abcdef", Info = "Of the SQL warehouse that reads rows; empty takes the first one that runs." },
            .. signIn,
            WarehouseProperties.Port(),
            .. WarehouseProperties.Conduct(),
            WarehouseProperties.Schema(),
        ],
    };
}
