using System.Text.RegularExpressions;

namespace Assay.Quality.Inference;

/// <summary>Shapes of text: capital letters, small letters and digits stand for their kind (<c>A</c>, <c>a</c>, <c>9</c>), all else for itself.</summary>
internal static partial class Shapes
{
    /// <summary>The shape of a text, in the engine's words.</summary>
    public static string Sql(string text) => $@"replaceRegexpAll(replaceRegexpAll(replaceRegexpAll({text}, '\\d', '9'), '\\p{{Lu}}', 'A'), '\\p{{Ll}}', 'a')";

    /// <summary>Shapes that differ in length only are one.</summary>
    public static string Collapse(string shape) => Runs().Replace(shape, "$1+");

    public static IReadOnlyList<ValueCount> Collapse(IReadOnlyList<ValueCount> exact) =>
        [.. exact.GroupBy(e => Collapse(e.Value)).Select(g => new ValueCount(g.Key, g.Sum(e => e.Count), g.Sum(e => e.Training))).OrderByDescending(g => g.Count)];

    [GeneratedRegex("([9Aa])\\1*")]
    private static partial Regex Runs();
}
