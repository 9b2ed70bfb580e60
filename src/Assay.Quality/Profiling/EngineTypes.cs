namespace Assay.Quality.Profiling;

/// <summary>What the engine's types mean to a profile.</summary>
internal static class EngineTypes
{
    /// <summary>The type without Nullable and LowCardinality around it.</summary>
    public static string Bare(string type)
    {
        foreach (var wrapper in (string[])["Nullable(", "LowCardinality("])
            if (type.StartsWith(wrapper, StringComparison.Ordinal)) return Bare(type[wrapper.Length..^1]);
        return type;
    }

    /// <summary>The elements' type of an array type.</summary>
    public static string Element(string array) => array["Array(".Length..^1];

    public static FieldKind KindOf(string bare) => bare switch
    {
        "Bool" => FieldKind.Boolean,
        _ when Is(bare, "Int") || Is(bare, "UInt") => FieldKind.Integral,
        _ when Is(bare, "Float") || Is(bare, "Decimal") || bare == "BFloat16" => FieldKind.Fractional,
        _ when Is(bare, "DateTime") => FieldKind.Timestamp,
        _ when Is(bare, "Date") => FieldKind.Date,
        _ when Is(bare, "Array(") => FieldKind.Array,
        _ when Is(bare, "Tuple(") || Is(bare, "Nested(") => FieldKind.Struct,
        _ when Is(bare, "Map(") || Is(bare, "JSON") || Is(bare, "Variant(") || Is(bare, "Dynamic") || Is(bare, "Object(") || bare == "Nothing" => FieldKind.Unknown,
        _ => FieldKind.String,
    };

    public static bool IsFloat(string bare) => Is(bare, "Float") || bare == "BFloat16";

    /// <summary>Whether a value is one number of up to 64 bits, or kept as one.</summary>
    public static bool IsWord(string bare) =>
        bare is "Int8" or "Int16" or "Int32" or "Int64" or "UInt8" or "UInt16" or "UInt32" or "UInt64" or "Float32" or "Float64" || Is(bare, "DateTime");

    public static bool IsText(string bare) => bare == "String" || Is(bare, "FixedString");

    /// <summary>Names and types of a tuple's members; those without a name count from 1.</summary>
    public static IReadOnlyList<(string Name, string Type)> Members(string tuple)
    {
        var members = new List<(string, string)>();
        foreach (var part in Split(tuple[(tuple.IndexOf('(') + 1)..^1]))
        {
            var (name, type) = Member(part);
            members.Add((name ?? $"{members.Count + 1}", type));
        }
        return members;
    }

    private static (string? Name, string Type) Member(string part)
    {
        if (part.StartsWith('`'))
        {
            var end = part.IndexOf("` ", 1, StringComparison.Ordinal);
            return (part[1..end].Replace("\\`", "`", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal), part[(end + 2)..]);
        }
        var space = part.IndexOf(' ');
        var bracket = part.IndexOf('(');
        return space > 0 && (bracket < 0 || space < bracket) ? (part[..space], part[(space + 1)..]) : (null, part);
    }

    private static IEnumerable<string> Split(string list)
    {
        var (depth, start, quote) = (0, 0, '\0');
        for (var i = 0; i < list.Length; i++)
        {
            var c = list[i];
            if (quote != '\0')
            {
                if (c == '\\') i++;
                else if (c == quote) quote = '\0';
            }
            else if (c is '`' or '\'') quote = c;
            else if (c == '(') depth++;
            else if (c == ')') depth--;
            else if (c == ',' && depth == 0)
            {
                yield return list[start..i].Trim();
                start = i + 1;
            }
        }
        yield return list[start..].Trim();
    }

    private static bool Is(string type, string prefix) => type.StartsWith(prefix, StringComparison.Ordinal);
}
