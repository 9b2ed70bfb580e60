namespace Assay.Sources.Sql;

/// <summary>A statement in a source's dialect with the values of its parameters, in the order in which they occur.</summary>
internal sealed record SqlStatement(string Text, params IReadOnlyList<(string Name, object? Value)> Values);
