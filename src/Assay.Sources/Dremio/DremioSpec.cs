using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Dremio;

internal static class DremioSpec
{
    public const int PlainPort = 9047;
    public const string Basic = "BASIC";
    public const string AccessToken = "ACCESS_TOKEN";

    public static ConnectorSpec Value { get; } = new()
    {
        Type = "dremio",
        DisplayName = "Dremio",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = false,
        CatalogLevels = ["schema"],
        DefaultPort = 443,
        Properties =
        [
            WarehouseProperties.Host("Host", "api.dremio.cloud", "The coordinator; for Dremio Cloud api.dremio.cloud, or api.eu.dremio.cloud."),
            WarehouseProperties.Mode(AccessToken, Basic),
            new PropertySpec { Field = "password", Required = true, Title = "Personal access token", Secret = true }.For(AccessToken),
            new PropertySpec { Field = "username", Required = true, Title = "User" }.For(Basic),
            new PropertySpec { Field = "password", Required = true, Title = "Password", Secret = true }.For(Basic),
            new() { Field = "project_id", MapTo = "parameters", Title = "Project id", Info = "Of Dremio Cloud." },
            WarehouseProperties.Port(),
            WarehouseProperties.Authorities("ssl_truststore"),
            .. WarehouseProperties.Conduct(),
            WarehouseProperties.Schema(),
        ],
    };
}
