namespace Assay.Quality.Rules;

/// <summary>One value that a property may have.</summary>
/// <param name="Value">As it is stored.</param>
/// <param name="Label">As a form shows it.</param>
/// <param name="Aliases">Other spellings that are understood.</param>
public sealed record PropertyChoice(string Value, string Label, params IReadOnlyList<string> Aliases)
{
    internal bool Means(string text) => Value.Equals(text, StringComparison.OrdinalIgnoreCase)
        || Label.Equals(text, StringComparison.OrdinalIgnoreCase)
        || Aliases.Contains(text, StringComparer.OrdinalIgnoreCase);
}
