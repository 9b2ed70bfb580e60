using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Sources.Contract;

namespace Assay.Sources.ClickHouse;

/// <summary>ClickHouse's types: what the platform makes of them, and which of them travel as they are.</summary>
internal static partial class ClickHouseTypes
{
    public static FieldStructure FieldOf(string name, int ordinal, string native, string? remarks)
    {
        var bare = Bare(native);
        var digits = Decimals().Match(bare);
        return new FieldStructure(name, ordinal, Of(bare), native, native.Contains("Nullable(", StringComparison.Ordinal),
            digits.Success ? int.Parse(digits.Groups[1].Value, CultureInfo.InvariantCulture) : null,
            digits.Success ? int.Parse(digits.Groups[2].Value, CultureInfo.InvariantCulture) : null, remarks)
        {
            ElementType = bare.StartsWith("Array(", StringComparison.Ordinal) ? Of(Bare(bare["Array(".Length..^1])) : null,
        };
    }

    /// <summary>
    /// How a column travels: its expression at the source, and its type at the staging table. What only some versions know, or what has no
    /// bytes of its own (aggregate states, maps, JSON), travels as ClickHouse prints it.
    /// </summary>
    public static (string Expression, string Staged) Travel(string quoted, string native)
    {
        var bare = Bare(native);
        return Plain().IsMatch(bare)
            ? ($"CAST({quoted} AS Nullable({bare}))", $"Nullable({bare})")
            : ($"CAST({(native.StartsWith("AggregateFunction", StringComparison.Ordinal) ? $"hex({quoted})" : $"toString({quoted})")} AS Nullable(String))", "Nullable(String)");
    }

    private static FieldType Of(string bare) => bare switch
    {
        "Bool" => FieldType.Boolean,
        "Date" or "Date32" => FieldType.Date,
        _ when bare.StartsWith("DateTime", StringComparison.Ordinal) => FieldType.Timestamp,
        _ when Whole().IsMatch(bare) => FieldType.Integral,
        _ when bare.StartsWith("Decimal", StringComparison.Ordinal) => Decimals().Match(bare).Groups[2].Value == "0" ? FieldType.Integral : FieldType.Fractional,
        _ when bare.StartsWith("Float", StringComparison.Ordinal) => FieldType.Fractional,
        _ when bare.StartsWith("Array(", StringComparison.Ordinal) => FieldType.Array,
        _ when bare.StartsWith("Tuple(", StringComparison.Ordinal) || bare.StartsWith("Nested(", StringComparison.Ordinal) || bare.StartsWith("Map(", StringComparison.Ordinal) => FieldType.Struct,
        _ when bare.StartsWith("AggregateFunction", StringComparison.Ordinal) => FieldType.Unknown,
        _ => FieldType.String,
    };

    /// <summary>The type without what says only how it is kept.</summary>
    private static string Bare(string native)
    {
        foreach (var wrapper in new[] { "LowCardinality(", "Nullable(" })
            if (native.StartsWith(wrapper, StringComparison.Ordinal)) native = native[wrapper.Length..^1];
        return native;
    }

    [GeneratedRegex(@"^(U?Int(8|16|32|64)|Float(32|64)|String|UUID|Date|Decimal\(\d+, \d+\)|DateTime|DateTime64\(\d\))$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^U?Int\d+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^Decimal\((\d+), (\d+)\)$")]
    private static partial Regex Decimals();
}
