using Assay.Sources.Contract;

namespace Assay.Sources.Reading;

/// <summary>How one field travels into a staging table.</summary>
/// <param name="Name">The staging column's name: made up, for a field may be called what the engine reserves.</param>
/// <param name="Type">The staging column's type.</param>
/// <param name="Conversion">What staged text becomes where all of it fits; null where it is staged as it is.</param>
internal sealed record StagedColumn(FieldStructure Field, string Name, string Type, Conversion? Conversion = null);
