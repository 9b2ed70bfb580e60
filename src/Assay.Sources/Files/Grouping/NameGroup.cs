namespace Assay.Sources.Files.Grouping;

/// <summary>Files that become one container: one file under its own name, or several under a glob.</summary>
internal sealed record NameGroup(GlobPattern Pattern, IReadOnlyList<NamedFile> Files);
