using Assay.Sources.Contract;

namespace Assay.Sources.Postgres;

/// <summary>What the platform makes of a column's type.</summary>
/// <param name="NotNull">True where the type itself, a domain, refuses nulls.</param>
/// <param name="Size">Declared length of text or precision of numbers.</param>
/// <param name="Digits">Declared digits after the point; for times, of the seconds.</param>
internal readonly record struct ColumnType(FieldType Type, bool NotNull = false, int? Size = null, int? Digits = null)
{
    public FieldType? Element { get; init; }
}
