using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Files.Schema.Json;

/// <summary>The fields of JSON objects in the order in which they first appear.</summary>
internal sealed class JsonFields
{
    private readonly List<string> order = [];
    private readonly Dictionary<string, ValueHistogram> fields = new(StringComparer.Ordinal);

    public void Add(JsonElement record)
    {
        foreach (var property in record.EnumerateObject())
        {
            if (!fields.TryGetValue(property.Name, out var histogram))
            {
                fields[property.Name] = histogram = new ValueHistogram();
                order.Add(property.Name);
            }
            Count(histogram, property.Value);
        }
    }

    public IReadOnlyList<FieldStructure> ToFields() => [.. order.Select((name, i) => fields[name].ToField(name, i + 1))];

    private static void Count(ValueHistogram histogram, JsonElement value)
    {
        histogram.Add(KindOf(value));
        if (value.ValueKind != JsonValueKind.Array) return;
        foreach (var element in value.EnumerateArray()) Count(histogram.Elements, element);
    }

    private static ValueKind KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => ValueKind.Null,
        JsonValueKind.True or JsonValueKind.False => ValueKind.Boolean,
        JsonValueKind.Number => value.TryGetInt64(out _) ? ValueKind.Integral : ValueReader.KindOf(value.GetRawText()),
        JsonValueKind.Array => ValueKind.Array,
        JsonValueKind.Object => ValueKind.Struct,
        // A number in quotes was meant as text; only times have no other way of being written.
        _ => ValueReader.KindOf(value.GetString()) is var kind and (ValueKind.Date or ValueKind.Timestamp) ? kind : ValueKind.Text,
    };
}
