using System.Text.RegularExpressions;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Postgres.Reading;

/// <summary>
/// How one column travels: what COPY is asked for, how it is staged, and what it becomes when every staged value is one. Values that no
/// type of the engine can hold (NaN as a decimal, infinite dates, years beyond its calendar) leave the whole column as PostgreSQL's text,
/// so that nothing arrives changed.
/// </summary>
internal sealed partial class PostgresColumn
{
    private PostgresColumn(FieldStructure field, int position, string staged, string? copyAs = null, Conversion? conversion = null)
    {
        Field = field;
        Staged = $"c{position}";
        StagedType = staged;
        CopyExpression = copyAs is null ? PostgresNames.Quote(field.Name) : string.Format(null, copyAs, PostgresNames.Quote(field.Name));
        Conversion = conversion;
    }

    public FieldStructure Field { get; }
    /// <summary>The staging column's name: numbered, for a field may be called what the engine reserves.</summary>
    public string Staged { get; }
    public string StagedType { get; }
    /// <summary>The column in the COPY statement.</summary>
    public string CopyExpression { get; }
    /// <summary>What the staged text becomes where all of it fits; null where it is staged as it is.</summary>
    public Conversion? Conversion { get; }

    public static PostgresColumn Of(FieldStructure field, int position)
    {
        var native = Modifiers().Replace(field.NativeType, "");
        if (native.EndsWith("[]", StringComparison.Ordinal)) return new(field, position, "Nullable(String)", "array_to_json({0})::text");
        return native switch
        {
            "smallint" => new(field, position, "Nullable(Int16)"),
            "integer" => new(field, position, "Nullable(Int32)"),
            "bigint" => new(field, position, "Nullable(Int64)"),
            "oid" => new(field, position, "Nullable(UInt32)"),
            "real" => new(field, position, "Nullable(Float32)"),
            "double precision" => new(field, position, "Nullable(Float64)"),
            "boolean" => new(field, position, "Nullable(Bool)"),
            "uuid" => new(field, position, "Nullable(UUID)"),
            "numeric" => new(field, position, "Nullable(String)", conversion: Conversion.Decimal),
            "money" => new(field, position, "Nullable(String)", "{0}::numeric", Conversion.Decimal),
            "date" => new(field, position, "Nullable(String)", conversion: Conversion.Date),
            "timestamp without time zone" or "timestamp with time zone" => new(field, position, "Nullable(String)", conversion: Conversion.Timestamp),
            // Texts, and whatever PostgreSQL prints: json, bytea, interval, inet, enums, ranges, composites, domains over them.
            _ => new(field, position, "Nullable(String)", "{0}::text"),
        };
    }

    public StagedColumn Column => new(Field, Staged, StagedType, Conversion);

    /// <summary>The type's name without lengths, precisions and scales.</summary>
    [GeneratedRegex(@"\(\d+(,-?\d+)?\)")]
    private static partial Regex Modifiers();
}
