using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Athena;

internal static class AthenaSpec
{
    public const string Basic = "BASIC";
    public const string IamRole = "IAM_ROLE";

    public static ConnectorSpec Value { get; } = new()
    {
        Type = "athena",
        DisplayName = "Amazon Athena",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = false,
        CatalogLevels = ["catalog", "schema"],
        DefaultPort = 443,
        Properties =
        [
            WarehouseProperties.Host("Host", "athena.eu-central-1.amazonaws.com", "The service's host in your region."),
            WarehouseProperties.Mode(Basic, IamRole),
            new PropertySpec { Field = "username", Required = true, Title = "Access key id" }.For(Basic),
            new PropertySpec { Field = "password", Required = true, Title = "Secret access key", Secret = true }.For(Basic),
            new PropertySpec { Field = "role_arn", MapTo = "parameters", Required = true, Title = "Role", Placeholder = "arn:aws:iam::123456789012:role/assay" }.For(IamRole),
            new PropertySpec { Field = "external_id", MapTo = "parameters", Title = "External id" }.For(IamRole),
            new PropertySpec { Field = "sts_endpoint", MapTo = "parameters", Endpoint = true, Title = "STS endpoint" }.For(IamRole),
            new() { Field = "output", MapTo = "parameters", Title = "Output location", Placeholder = "s3://bucket/folder/", Info = "Where Athena keeps results; the workgroup's where it is empty." },
            new() { Field = "workgroup", MapTo = "parameters", Title = "Workgroup", Default = "primary", Group = WarehouseProperties.Advanced },
            new() { Field = "region", MapTo = "parameters", Title = "Region", Info = "Where the host does not name it.", Group = WarehouseProperties.Advanced },
            WarehouseProperties.Port(),
            .. WarehouseProperties.Conduct(),
            WarehouseProperties.Catalog(),
            WarehouseProperties.Schema(),
        ],
    };
}
