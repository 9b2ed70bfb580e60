using System.Globalization;
using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules;

/// <summary>How far two values may lie apart and still count as equal.</summary>
/// <param name="Epsilon">For numbers; null for exact equality.</param>
/// <param name="Absolute">Whether <paramref name="Epsilon"/> is a difference; otherwise it is per cent of the first value.</param>
/// <param name="Millis">For times, in milliseconds; null for exact equality.</param>
/// <param name="IgnoreWhitespace">For text: whether runs of blanks count as one and those around it as none.</param>
internal sealed record Comparators(decimal? Epsilon, bool Absolute, long? Millis, bool IgnoreWhitespace)
{
    public static PropertySpec Numeric { get; } = new("numeric_comparator", PropertyType.NumericComparator, "Numeric Comparator")
    {
        Required = false,
        Info = "How far two numbers may lie apart and still be equal: a difference, or per cent of the field's value.",
        FieldTypes = Rules.FieldTypes.Numeric,
    };

    public static PropertySpec Duration { get; } = new("duration_comparator", PropertyType.DurationComparator, "Duration Comparator")
    {
        Required = false,
        Info = "How many milliseconds two times may lie apart and still be equal.",
        FieldTypes = Rules.FieldTypes.Times,
    };

    public static PropertySpec Text { get; } = new("string_comparator", PropertyType.StringComparator, "String Comparator")
    {
        Required = false,
        Info = "Whether blanks matter: without them, runs count as one blank and those around the text as none.",
        FieldTypes = Rules.FieldTypes.Text,
    };

    public static Comparators Of(CheckProperties properties)
    {
        var numeric = properties.Object("numeric_comparator");
        return new(
            numeric.Number("epsilon"),
            numeric.Flag("as_absolute", true),
            (long?)properties.Object("duration_comparator").Number("millis"),
            properties.Object("string_comparator").Flag("ignore_whitespace"));
    }

    /// <summary>True where the two count as equal, NULL where one is NULL.</summary>
    public string Equal(SqlValue a, SqlValue b)
    {
        if (a.IsNumber && b.IsNumber) return EqualNumbers(a.Number, b.Number);
        if (a.IsTime && b.IsTime) return EqualTimes(a.Time, b.Time);
        return $"({Blanks(a.Text)} = {Blanks(b.Text)})";
    }

    public string EqualNumbers(string a, string b)
    {
        if (Epsilon is not { } epsilon) return $"({a} = {b})";
        var (x, y) = ($"toFloat64({a})", $"toFloat64({b})");
        var limit = epsilon.ToString(CultureInfo.InvariantCulture);
        // A few units in the last place: 0.4 and 0.3 are 0.1 apart.
        return Absolute
            ? $"(abs({y} - {x}) <= {limit} + 1e-12 * greatest(abs({x}), abs({y})))"
            : $"(abs({y} - {x}) * 100 <= ({limit} + 1e-10) * abs({x}))";
    }

    public string EqualTimes(string a, string b) => Millis is { } millis
        ? $"(abs(toUnixTimestamp64Micro({a}) - toUnixTimestamp64Micro({b})) <= {millis * 1000})"
        : $"({a} = {b})";

    /// <summary>An order that the comparators soften: what is equal by them is neither greater nor less.</summary>
    /// <param name="sign"><c>&gt;</c> or <c>&lt;</c>.</param>
    public string Beyond(string sign, bool inclusive, string a, string b, bool numbers)
    {
        var equal = numbers ? EqualNumbers(a, b) : EqualTimes(a, b);
        return inclusive ? $"({a} {sign} {b} OR {equal})"
            : (numbers ? Epsilon is null : Millis is null) ? $"({a} {sign} {b})" : $"({a} {sign} {b} AND NOT {equal})";
    }

    private string Blanks(string text) => IgnoreWhitespace ? $"trimBoth(replaceRegexpAll({text}, '\\\\s+', ' '))" : text;
}
