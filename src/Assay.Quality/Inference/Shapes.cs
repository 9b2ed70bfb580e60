using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Quality.Inference;

/// <summary>Shapes of text: capital letters, small letters and digits stand for their kind (<c>A</c>, <c>a</c>, <c>9</c>), all else for itself.</summary>
internal static partial class Shapes
{
    /// <summary>The shape of a text, in the engine's words.</summary>
    public static string Sql(string text) => $@"replaceRegexpAll(replaceRegexpAll(replaceRegexpAll({text}, '\\d', '9'), '\\p{{Lu}}', 'A'), '\\p{{Ll}}', 'a')";

    /// <summary>The shape of a text.</summary>
    public static string Of(string text)
    {
        var shape = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= '0' and <= '9') shape.Append('9');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter) shape.Append('A');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter) shape.Append('a');
            else shape.Append(rune);
        }

        return shape.ToString();
    }

    /// <summary>The shapes of all values, most frequent first.</summary>
    public static IReadOnlyList<ValueCount> Of(IReadOnlyList<ValueCount> values) => Sum(values, Of);

    /// <summary>Shapes that differ in length only are one.</summary>
    public static string Collapse(string shape) => Runs().Replace(shape, "$1+");

    public static IReadOnlyList<ValueCount> Collapse(IReadOnlyList<ValueCount> exact) => Sum(exact, Collapse);

    private static IReadOnlyList<ValueCount> Sum(IReadOnlyList<ValueCount> counts, Func<string, string> shape) => [.. counts.GroupBy(c => shape(c.Value), StringComparer.Ordinal)
        .Select(g => new ValueCount(g.Key, g.Sum(e => e.Count), g.Sum(e => e.Training))).OrderByDescending(g => g.Count).ThenBy(g => g.Value, StringComparer.Ordinal)];

    [GeneratedRegex("([9Aa])\\1*")]
    private static partial Regex Runs();
}
