using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>Makes columns from the staged table's types and what the source declares.</summary>
internal static class Columns
{
    /// <summary>As many as PostgreSQL's arrays have.</summary>
    private const int MostDimensions = 6;

    /// <param name="position">The field's position.</param>
    public static IReadOnlyList<Column> Of(ProfileField field, Stage stage, int position)
    {
        var (raw, type) = (Stage.Column(position), stage.Types[position]);
        // What JSON calls a number or a time is found out by the values.
        return stage.Present(position) is { } present
            ? [.. Of(field with { Infer = true, Declared = FieldKind.Unknown }, field.Name, stage.Relation, raw, type, present)]
            : [.. Of(field with { Infer = field.Infer && !IsNested(type) }, field.Name, stage.Relation, raw, type)];
    }

    private static bool IsNested(string type) => EngineTypes.KindOf(EngineTypes.Bare(type)) is FieldKind.Struct or FieldKind.Array;

    /// <param name="present">Not null where the source has a value; where not given, the value itself tells.</param>
    private static IEnumerable<Column> Of(ProfileField field, string name, string relation, string raw, string type, string? present = null)
    {
        var bare = EngineTypes.Bare(type);
        var kind = EngineTypes.KindOf(bare);
        if (kind == FieldKind.Array) return [Array(field, name, relation, raw, bare, raw, EngineTypes.Element(bare)), .. Members(field, name, relation, raw, EngineTypes.Bare(EngineTypes.Element(bare)), ofArrays: true)];
        if (kind == FieldKind.Struct) return [new Column(name, relation, present ?? $"if({HasValue(raw, bare)}, 1, NULL)", bare, kind, raw), .. Members(field, name, relation, raw, bare, ofArrays: false)];
        if (!EngineTypes.IsText(bare)) return [Typed(field, name, relation, raw, bare, kind)];
        return field.Declared switch
        {
            // Text where the source declares something else: it holds values that the engine's type has no room for.
            FieldKind.Integral or FieldKind.Fractional => [New(field.Declared, $"toFloat64OrNull({raw})")],
            FieldKind.Date or FieldKind.Timestamp => [new Column(name, relation, raw, bare, field.Declared, raw) { TextTimes = true }],
            FieldKind.Array => [Array(field with { Infer = false }, name, relation, raw, bare, Flat(raw, ElementType(field.Element)), ElementType(field.Element))],
            // A fixed string's end is filled up with zero bytes.
            _ => [New(FieldKind.String, bare == "String" ? raw : $"toString({raw})")],
        };

        Column New(FieldKind as_, string value) => new(name, relation, raw, bare, as_, value) { Infer = field.Infer && as_ == FieldKind.String };
    }

    /// <summary>What each member of a struct holds; of structs in arrays an array of what it holds in all of them.</summary>
    private static IEnumerable<Column> Members(ProfileField field, string name, string relation, string raw, string bare, bool ofArrays) =>
        EngineTypes.KindOf(bare) != FieldKind.Struct ? [] : EngineTypes.Members(bare).SelectMany(m => Of(field with { Declared = FieldKind.Unknown, Element = null }, $"{name}.{m.Name}",
            relation, $"tupleElement({raw}, {EngineLiteral.Quote(m.Name)})", ofArrays ? $"Array({m.Type})" : m.Type));

    /// <summary>A struct is missing where all of its members are: the engine does not tell otherwise.</summary>
    private static string HasValue(string raw, string bare) => string.Join(" OR ", EngineTypes.Members(bare).Select(m =>
    {
        var (member, type) = ($"tupleElement({raw}, {EngineLiteral.Quote(m.Name)})", EngineTypes.Bare(m.Type));
        return EngineTypes.KindOf(type) switch
        {
            FieldKind.Struct when !type.StartsWith("Nested(", StringComparison.Ordinal) => $"({HasValue(member, type)})",
            FieldKind.Array or FieldKind.Struct => $"notEmpty({member})",
            _ when type.StartsWith("Map(", StringComparison.Ordinal) => $"notEmpty({member})",
            _ => $"isNotNull({member})",
        };
    }).DefaultIfEmpty("1"));

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
            Element = new Column(name, elements, "item", elementBare, elementKind, elementKind == FieldKind.String && !EngineTypes.IsText(elementBare) ? "toString(item)" : "item") { Infer = field.Infer && elementBare == "String" },
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
