using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Sources.Contract;

namespace Assay.Sources.Files.Schema.Embedded;

/// <summary>The platform's types for the engine's.</summary>
internal static partial class EngineTypes
{
    public static FieldStructure ToField(string name, int ordinal, string engineType)
    {
        // Nested types come laid out over several lines.
        var native = Spaces().Replace(engineType, " ").Replace("( ", "(").Replace(" )", ")");
        var (bare, nullable) = Bare(native);
        var type = TypeOf(bare);
        var (size, digits) = Measures(bare);
        return new FieldStructure(name, ordinal, type, native, nullable, size, digits)
        {
            ElementType = type == FieldType.Array ? TypeOf(Bare(bare["Array(".Length..^1]).Bare) : null,
        };
    }

    private static (string Bare, bool Nullable) Bare(string type)
    {
        var nullable = false;
        while (Wrapped().Match(type) is { Success: true } wrapped)
        {
            nullable |= wrapped.Groups[1].Value == "Nullable";
            type = wrapped.Groups[2].Value;
        }
        return (type, nullable);
    }

    private static FieldType TypeOf(string bare) => bare.Split('(')[0] switch
    {
        "Int8" or "Int16" or "Int32" or "Int64" or "Int128" or "Int256" or "UInt8" or "UInt16" or "UInt32" or "UInt64" or "UInt128" or "UInt256" => FieldType.Integral,
        "Float32" or "Float64" or "BFloat16" or "Decimal" => FieldType.Fractional,
        "Bool" => FieldType.Boolean,
        "Date" or "Date32" => FieldType.Date,
        "DateTime" or "DateTime64" => FieldType.Timestamp,
        "Array" => FieldType.Array,
        "Tuple" or "Nested" or "Map" or "JSON" or "Object" or "Variant" or "Dynamic" => FieldType.Struct,
        "Nothing" => FieldType.Unknown,
        _ => FieldType.String,
    };

    private static (int? Size, int? Digits) Measures(string bare)
    {
        if (Decimals().Match(bare) is { Success: true } number) return (Number(number, 1), Number(number, 2));
        return FixedStrings().Match(bare) is { Success: true } text ? (Number(text, 1), null) : (null, null);
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(Nullable|LowCardinality)\((.*)\)$")]
    private static partial Regex Wrapped();

    [GeneratedRegex(@"^Decimal\((\d+), ?(\d+)\)$")]
    private static partial Regex Decimals();

    [GeneratedRegex(@"^FixedString\((\d+)\)$")]
    private static partial Regex FixedStrings();
}
