namespace Assay.Sources.Warehouses;

/// <summary>The catalog and schema that are meant; null where a level is not named, or does not exist at the vendor.</summary>
internal sealed record WarehousePlace(string? Catalog = null, string? Schema = null);
