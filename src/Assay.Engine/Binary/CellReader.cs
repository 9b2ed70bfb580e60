namespace Assay.Engine.Binary;

/// <summary>Reads one value of a type.</summary>
internal delegate object? CellReader(ref ByteCursor cursor);
