using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>Makes columns from the staged table's types and what the source declares.</summary>
internal static class Columns
{
    /// <summary>As many as PostgreSQL's arrays have.</summary>
    private const int MostDimensions = 6;

    /// <param name="staged">The quoted name of the staged table.</param>
    /// <param name="position">The field's position in it.</param>
    /// <param name="type">The engine's type there.</param>
    public static IEnumerable<Column> Of(ProfileField field, string staged, int position, string type) =>
        Of(field, field.Name, staged, Stage.Column(position), type);

    private static IEnumerable<Column> Of(ProfileField field, string name, string relation, string raw, string type)
    {
        var bare = EngineTypes.Bare(type);
        var kind = EngineTypes.KindOf(bare);
        if (kind == FieldKind.Array) return [Array(field, name, relation, raw, bare, raw, EngineTypes.Element(bare))];
        if (kind == FieldKind.Struct)
            return [new Column(name, relation, raw, bare, kind, raw), .. EngineTypes.Members(bare).SelectMany(m =>
                Of(field with { Infer = false, Declared = FieldKind.Unknown }, $"{name}.{m.Name}", relation, $"tupleElement({raw}, {EngineLiteral.Quote(m.Name)})", m.Type))];
        if (!EngineTypes.IsText(bare)) return [Typed(field, name, relation, raw, bare, kind)];
        return field.Declared switch
        {
            // Text where the source declares something else: it holds values that the engine's type has no room for.
            FieldKind.Integral or FieldKind.Fractional => [New(field.Declared, $"toFloat64OrNull({raw})")],
            FieldKind.Date or FieldKind.Timestamp => [new Column(name, relation, raw, bare, field.Declared, raw) { TextTimes = true }],
            FieldKind.Array => [Array(field, name, relation, raw, bare, Flat(raw, ElementType(field.Element)), ElementType(field.Element))],
            // A fixed string's end is filled up with zero bytes.
            _ => [New(FieldKind.String, bare == "String" ? raw : $"toString({raw})")],
        };

        Column New(FieldKind as_, string value) => new(name, relation, raw, bare, as_, value) { Infer = field.Infer && as_ == FieldKind.String };
    }

    private static Column Typed(ProfileField field, string name, string relation, string raw, string bare, FieldKind kind) =>
        new(name, relation, raw, bare, kind, kind switch
        {
            FieldKind.String => $"toString({raw})",
            // Where clocks are put back, a zone's times tell an hour twice.
            FieldKind.Timestamp when bare.Contains('\'') && !bare.Contains("'UTC'", StringComparison.Ordinal) => $"toTimeZone({raw}, 'UTC')",
            _ => raw,
        });

    private static Column Array(ProfileField field, string name, string relation, string raw, string bare, string value, string elementType)
    {
        var flat = EngineTypes.Bare(elementType).StartsWith("Array(", StringComparison.Ordinal);
        while (EngineTypes.Bare(elementType).StartsWith("Array(", StringComparison.Ordinal)) elementType = EngineTypes.Element(EngineTypes.Bare(elementType));
        var elementBare = EngineTypes.Bare(elementType);
        var elementKind = EngineTypes.KindOf(elementBare);
        var elements = $"(SELECT arrayJoin({(flat ? $"arrayFlatten({value})" : value)}) AS item FROM {relation})";
        // NULL among the elements is counted by the column of elements itself.
        return new Column(name, relation, raw, bare, FieldKind.Array, value)
        {
            Element = new Column(name, elements, "item", elementBare, elementKind, elementKind == FieldKind.String && !EngineTypes.IsText(elementBare) ? "toString(item)" : "item"),
        };
    }

    /// <summary>All elements of an array in JSON: of several dimensions too, of which one value may have more than another.</summary>
    private static string Flat(string raw, string type)
    {
        var text = $"assumeNotNull({raw})";
        var deep = Enumerable.Range(2, MostDimensions - 1).Reverse().SelectMany(d => new[]
        {
            $"startsWith({text}, '{new string('[', d)}')",
            $"arrayFlatten(JSONExtract({text}, '{string.Concat(Enumerable.Repeat("Array(", d))}{type}{new string(')', d)}'))",
        });
        return $"multiIf({string.Join(", ", deep)}, JSONExtract({text}, 'Array({type})'))";
    }

    private static string ElementType(FieldKind? kind) => kind switch
    {
        FieldKind.Integral => "Nullable(Int64)",
        FieldKind.Fractional => "Nullable(Float64)",
        FieldKind.Boolean => "Nullable(Bool)",
        _ => "Nullable(String)",
    };
}
