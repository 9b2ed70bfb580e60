using Assay.Sources.Contract;

namespace Assay.Sources.Files.Schema.Values;

/// <summary>
/// How often each kind of value was seen in a field. The verdict is the narrowest type that holds every one of them: integers
/// among fractions are fractions, dates among timestamps are timestamps, and anything else that mixes is text, so that no value
/// of the sample is lost in reading.
/// </summary>
internal sealed class ValueHistogram
{
    private readonly long[] counts = new long[Enum.GetValues<ValueKind>().Length];
    private ValueHistogram? elements;

    /// <summary>What the elements of arrays looked like.</summary>
    public ValueHistogram Elements => elements ??= new ValueHistogram();

    public void Add(ValueKind kind) => counts[(int)kind]++;

    public long Nulls => counts[(int)ValueKind.Null];

    public void Merge(ValueHistogram other)
    {
        for (var i = 0; i < counts.Length; i++) counts[i] += other.counts[i];
        if (other.elements is not null) Elements.Merge(other.elements);
    }

    public FieldStructure ToField(string name, int ordinal)
    {
        var (type, native) = Verdict();
        return new FieldStructure(name, ordinal, type, native, null) { ElementType = type == FieldType.Array ? Elements.Verdict().Type : null };
    }

    public (FieldType Type, string Native) Verdict()
    {
        var seen = Enum.GetValues<ValueKind>().Where(kind => kind != ValueKind.Null && counts[(int)kind] > 0).ToHashSet();
        if (seen.Count == 0) return (FieldType.Unknown, "Nothing");
        if (Only(ValueKind.Integral)) return (FieldType.Integral, "Int64");
        if (Only(ValueKind.Integral, ValueKind.WideIntegral)) return (FieldType.Integral, "Int128");
        if (Only(ValueKind.Integral, ValueKind.Fractional)) return (FieldType.Fractional, "Float64");
        if (Only(ValueKind.Boolean)) return (FieldType.Boolean, "Bool");
        if (Only(ValueKind.Date)) return (FieldType.Date, "Date32");
        if (Only(ValueKind.Date, ValueKind.Timestamp)) return (FieldType.Timestamp, "DateTime64(6)");
        if (Only(ValueKind.Array)) return (FieldType.Array, $"Array({Elements.Verdict().Native})");
        return Only(ValueKind.Struct) ? (FieldType.Struct, "JSON") : (FieldType.String, "String");

        bool Only(params ReadOnlySpan<ValueKind> kinds)
        {
            foreach (var kind in seen)
                if (!kinds.Contains(kind)) return false;
            return true;
        }
    }
}
