namespace Assay.Quality.Scanning;

/// <summary>A value that would keep a broken rule.</summary>
/// <param name="Field">The field that would change.</param>
/// <param name="Value">The value, as text.</param>
/// <param name="Score">How sure it is, from 0 to 1.</param>
public sealed record Suggestion(string Field, string Value, double Score);
