using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Trino;

internal static class TrinoSpec
{
    public const int PlainPort = 8080;
    public const string Basic = "BASIC";
    public const string Jwt = "JWT";

    public static ConnectorSpec Of(TrinoFlavor flavor) => new()
    {
        Type = flavor.Type,
        DisplayName = flavor.DisplayName,
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = flavor == TrinoFlavor.Trino,
        CatalogLevels = flavor == TrinoFlavor.Trino ? ["catalog", "schema"] : [],
        DefaultPort = PlainPort,
        Properties =
        [
            WarehouseProperties.Host("Host", $"{flavor.Type}.example.com", "Name or address of the coordinator."),
            WarehouseProperties.Port(PlainPort, required: true),
            new() { Field = "username", Required = true, Title = "User", Group = WarehouseProperties.SignIn },
            WarehouseProperties.Mode(Basic, Jwt),
            new PropertySpec { Field = "password", Title = "Password", Secret = true, Info = "Only over TLS; empty where the server asks for none." }.For(Basic),
            new PropertySpec { Field = "password", Required = true, Title = "Token", Secret = true }.For(Jwt),
            WarehouseProperties.Authorities("ssl_truststore"),
            .. WarehouseProperties.Conduct(),
            WarehouseProperties.Catalog(),
            WarehouseProperties.Schema(),
        ],
    };
}
