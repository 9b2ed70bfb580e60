namespace Assay.Quality.Profiling;

/// <summary>One expression of a statement and what becomes of its result.</summary>
internal sealed record Figure(string Sql, Action<object?> Take);
