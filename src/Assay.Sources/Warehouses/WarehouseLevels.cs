using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>What a vendor's form says about the levels above its tables.</summary>
internal static class WarehouseLevels
{
    /// <summary>Whether the datastore's <c>database</c> names a level of this vendor's.</summary>
    public static bool HasCatalog(this ConnectorSpec spec) => spec.Properties.Any(p => p is { Field: "database", ConnectionProperty: false });

    public static bool CatalogRequired(this ConnectorSpec spec) => spec.Properties.Any(p => p is { Field: "database", ConnectionProperty: false, Required: true });
}
