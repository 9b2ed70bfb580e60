using Assay.Sources.Contract;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Drivers.Products;

/// <summary>What tells the products of the family apart.</summary>
/// <param name="HasLocks">Whether it knows lock time-outs.</param>
internal sealed record SqlServerKind(ConnectorSpec Spec, SqlCatalogue Catalogue, bool Basic, bool ServicePrincipal, bool HasLocks)
{
    public const string PrincipalMode = "SERVICE_PRINCIPAL";

    public static SqlServerKind SqlServer { get; } = new(Describe("sqlserver", "SQL Server", true, ["database", "schema"], true), new SqlServerCatalogue(), true, true, true);
    public static SqlServerKind Synapse { get; } = new(Describe("synapse", "Azure Synapse", true, ["database", "schema"], true), new SqlServerPlainCatalogue(), true, true, false);
    public static SqlServerKind Fabric { get; } = new(Describe("fabric", "Microsoft Fabric", false, [], false), new SqlServerPlainCatalogue(), false, true, false);

    private static ConnectorSpec Describe(string type, string name, bool enrichment, string[] levels, bool basic) => new()
    {
        Type = type,
        DisplayName = name,
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = enrichment,
        CatalogLevels = levels,
        DefaultPort = 1433,
        Properties =
        [
            DriverProperties.Host(placeholder: basic ? "db.example.com" : "<guid>.datawarehouse.fabric.microsoft.com"),
            DriverProperties.Port(1433, required: false),
            .. basic
                ? new[]
                {
                    new PropertySpec
                    {
                        Field = "authentication_type", MapTo = "parameters", Title = "Sign-in", Type = "enum", Values = ["BASIC", PrincipalMode], Default = "BASIC", Group = "Sign-in",
                    },
                }
                : [],
            DriverProperties.Username(basic ? "User or client id" : "Client id") with { Group = "Sign-in" },
            DriverProperties.Password(basic ? "Password or client secret" : "Client secret") with { Group = "Sign-in" },
            new()
            {
                Field = "tenant_id", MapTo = "parameters", Required = true, Title = "Tenant id", Group = "Sign-in",
                FilterField = basic ? "authentication_type" : null, FilterValue = basic ? PrincipalMode : null,
            },
            new() { Field = "encrypt", MapTo = "parameters", Title = "Encrypt", Type = "boolean", Default = true, Group = "TLS" },
            new()
            {
                Field = "trust_server_certificate", MapTo = "parameters", Title = "Trust any certificate", Type = "boolean", Default = false, Group = "TLS",
                Info = "Encrypts without making sure that the server is the one that was asked for.",
            },
            DriverProperties.ConnectTimeout, DriverProperties.StatementTimeout,
            DriverProperties.Database(), DriverProperties.Schema(standard: "dbo"),
        ],
    };
}
