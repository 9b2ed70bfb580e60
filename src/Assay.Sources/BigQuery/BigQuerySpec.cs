using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.BigQuery;

internal static class BigQuerySpec
{
    public const string Host = "bigquery.googleapis.com";

    public static ConnectorSpec Value { get; } = new()
    {
        Type = "bigquery",
        DisplayName = "BigQuery",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = true,
        CatalogLevels = ["project", "dataset"],
        DefaultPort = 443,
        Properties =
        [
            new() { Field = "password", Required = true, Title = "Service account key", Type = "file", Secret = true, Info = "The content of the JSON key file.", Group = WarehouseProperties.SignIn },
            new() { Field = "project", MapTo = "parameters", Title = "Billing project", Info = "Runs and pays for the statements; the service account's own where it is empty.", Group = WarehouseProperties.Advanced },
            new() { Field = "location", MapTo = "parameters", Title = "Location", Placeholder = "EU", Info = "Where statements run; found out by itself.", Group = WarehouseProperties.Advanced },
            new() { Field = "host", Title = "Host", Default = Host, Info = "For private endpoints.", Group = WarehouseProperties.Advanced },
            WarehouseProperties.Port(),
            .. WarehouseProperties.Conduct(),
            WarehouseProperties.Catalog("Project"),
            WarehouseProperties.Schema("Dataset"),
        ],
    };
}
