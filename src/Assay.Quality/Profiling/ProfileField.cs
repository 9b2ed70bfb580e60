namespace Assay.Quality.Profiling;

/// <summary>A field to profile.</summary>
/// <param name="Name">As the rows' column is called.</param>
/// <param name="Declared">The type that its source declares, or that the last sync guessed.</param>
/// <param name="Infer">Whether a text is looked through for another type that all of its values are of: numbers, booleans, dates, times.</param>
/// <param name="Element">For arrays the declared type of the elements.</param>
public sealed record ProfileField(string Name, FieldKind Declared, bool Infer = false, FieldKind? Element = null);
