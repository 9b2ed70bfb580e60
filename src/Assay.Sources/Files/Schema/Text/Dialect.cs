namespace Assay.Sources.Files.Schema.Text;

/// <summary>How lines are cut into cells.</summary>
/// <param name="Escape">What stands before a quote within quotes: the quote again, or a backslash.</param>
internal readonly record struct Dialect(char Delimiter, char Escape = '"');
