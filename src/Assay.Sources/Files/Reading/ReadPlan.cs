using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Files.Schema.Text;
using Assay.Sources.Files.Stores;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>A read of files, checked: which fields, which files.</summary>
/// <param name="Fields">All fields of the container.</param>
/// <param name="Chosen">Those to give out, in this order.</param>
/// <param name="Files">Those to read; none is empty.</param>
/// <param name="RootLength">Length of the root's key, which partition names leave out.</param>
internal sealed record ReadPlan(
    ContainerRead Read, FileStructure File, IReadOnlyList<FieldStructure> Fields, IReadOnlyList<FieldStructure> Chosen,
    IReadOnlyList<StoredFile> Files, int RootLength)
{
    private readonly IReadOnlyList<FieldStructure> known = [.. Fields, .. Read.Container.Excluded];

    /// <summary>The names of everything that stands in the files, as far as the last listing knew.</summary>
    public IReadOnlySet<string> Known => field ??= known.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The names of a record's cells where none are given: the field that was named by its position, or else the one that the last
    /// listing found there, before somebody settled that there is no header.
    /// </summary>
    public IReadOnlyList<string> ByPosition => field ??= [.. Enumerable.Range(1, known.Count == 0 ? 0 : known.Max(f => f.Ordinal)).Select(position =>
        ColumnNames.At(position) is var name && Known.Contains(name) ? name : known.FirstOrDefault(f => f.Ordinal == position)?.Name ?? name)];

    public string PartitionOf(StoredFile file) => file.Key[RootLength..].TrimEnd('/');

    public string Limit => Read.RowLimit is { } most ? $" LIMIT {most}" : "";

    /// <summary>The partition's column for a SELECT, from an expression; empty where none is wanted.</summary>
    public string PartitionAs(string expression) => Read.PartitionColumn is null ? "" : $", {expression} AS {EngineName.Quote(Read.PartitionColumn)}";
}
