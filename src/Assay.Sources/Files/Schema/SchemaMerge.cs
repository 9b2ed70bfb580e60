using Assay.Sources.Contract;
using Assay.Sources.Files.Schema.Embedded;

namespace Assay.Sources.Files.Schema;

/// <summary>One schema out of those of several files: the first one's order, then what the others add; types that differ are widened.</summary>
internal static class SchemaMerge
{
    public static FileSchema Of(IReadOnlyList<FileSchema> schemas)
    {
        if (schemas.Count == 1) return schemas[0];
        var fields = new List<FieldStructure>();
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in schemas.SelectMany(s => s.Fields))
        {
            if (at.TryGetValue(field.Name, out var i)) fields[i] = Widen(fields[i], field);
            else
            {
                at[field.Name] = fields.Count;
                fields.Add(field with { Ordinal = fields.Count + 1 });
            }
        }
        return schemas[0] with { Fields = fields };
    }

    private static FieldStructure Widen(FieldStructure a, FieldStructure b)
    {
        var nullable = a.Nullable is null || b.Nullable is null ? a.Nullable ?? b.Nullable : a.Nullable.Value || b.Nullable.Value;
        if (a.NativeType == b.NativeType || b.Type == FieldType.Unknown) return a with { Nullable = nullable };
        if (a.Type == FieldType.Unknown) return b with { Ordinal = a.Ordinal, Nullable = nullable };
        var wide = (a.Type, b.Type) switch
        {
            (FieldType.Integral or FieldType.Fractional, FieldType.Integral or FieldType.Fractional) => Number(a, b),
            (FieldType.Timestamp, FieldType.Timestamp) => a with { NativeType = NativeTypes.WidestTime(a.NativeType, b.NativeType) },
            (FieldType.Date, FieldType.Timestamp) => b,
            (FieldType.Timestamp, FieldType.Date) => a,
            (FieldType.String, FieldType.String) => a with { NativeType = "String", Size = null },
            (FieldType.Date, FieldType.Date) => a with { NativeType = "Date32" },
            var (x, y) when x == y => a,
            _ => a with { Type = FieldType.String, NativeType = "String", ElementType = null },
        };
        return wide with { Ordinal = a.Ordinal, Nullable = nullable };
    }

    private static FieldStructure Number(FieldStructure a, FieldStructure b) =>
        EngineTypes.ToField(a.Name, a.Ordinal, NativeTypes.WidestNumber(a.NativeType, b.NativeType)) with { Remarks = a.Remarks };
}
