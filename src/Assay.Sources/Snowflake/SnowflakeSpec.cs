using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

internal static class SnowflakeSpec
{
    public const string Basic = "BASIC";
    public const string KeyPair = "KEYPAIR";
    public const string AccessToken = "ACCESS_TOKEN";
    public const string OAuth = "OAUTH";

    public static ConnectorSpec Value { get; } = new()
    {
        Type = "snowflake",
        DisplayName = "Snowflake",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = true,
        CatalogLevels = ["database", "schema"],
        DefaultPort = 443,
        Properties =
        [
            WarehouseProperties.Host("Account", "xy12345.eu-central-1.snowflakecomputing.com", "The account's host name; the account alone is completed."),
            new() { Field = "username", Required = true, Title = "User", Group = WarehouseProperties.SignIn },
            WarehouseProperties.Mode(Basic, KeyPair, AccessToken, OAuth),
            new PropertySpec { Field = "password", Required = true, Title = "Password", Secret = true }.For(Basic),
            new PropertySpec { Field = "password", Required = true, Title = "Private key", Type = "file", Secret = true, Info = "The content of the key file: PKCS#8 in PEM, encrypted or not." }.For(KeyPair),
            new PropertySpec { Field = "passphrase", Title = "Passphrase", Secret = true, Info = "If the private key is encrypted." }.For(KeyPair),
            new PropertySpec { Field = "password", Required = true, Title = "Programmatic access token", Secret = true }.For(AccessToken),
            new PropertySpec { Field = "password", Required = true, Title = "OAuth access token", Secret = true }.For(OAuth),
            new() { Field = "role", MapTo = "parameters", Required = true, Title = "Role" },
            new() { Field = "warehouse", MapTo = "parameters", Required = true, Title = "Warehouse", Info = "Runs the statements; a suspended one is started by them." },
            new() { Field = "account", MapTo = "parameters", Title = "Account name", Group = WarehouseProperties.Advanced, Info = "Where the host does not begin with it, as with addresses of your own." },
            WarehouseProperties.Port(),
            .. WarehouseProperties.Conduct(),
            WarehouseProperties.Catalog("Database"),
            WarehouseProperties.Schema(),
        ],
    };
}
