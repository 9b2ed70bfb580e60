using Assay.Sources.Contract;
using Assay.Sources.Files.Listing;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Schema;

/// <summary>
/// Makes a container of a group of files. Of many files the newest, the oldest and the largest are looked into; fields that
/// one of them lacks are added, and types that differ are widened.
/// </summary>
internal sealed class StructureReader(IEnumerable<ISchemaReader> readers)
{
    private readonly IReadOnlyList<ISchemaReader> readers = [.. readers];

    public async Task<ContainerStructure> ReadAsync(SourceTarget target, IFileStore store, int rootLength, FileGroup group, FileChoice choice, CancellationToken cancel)
    {
        var reader = readers.FirstOrDefault(r => r.Reads(group.Format.Family));
        var schemas = new List<FileSchema>();
        var warnings = new List<string>();
        foreach (var file in reader is null ? [] : Samples(group))
        {
            var read = await ReadFileAsync(reader!, target, store, group, file, choice, cancel);
            if (read.Schema is not null) schemas.Add(read.Schema);
            if (read.Problem is not null) warnings.Add($"{file.Key[rootLength..]}: {read.Problem}");
        }
        if (reader is null) warnings.Add($"This build cannot read {group.Format.Name} files.");
        AddEmptyFiles(group, rootLength, warnings);
        return Describe(store, rootLength, group, schemas, warnings);
    }

    /// <summary>The container as far as the list of its files tells.</summary>
    public static ContainerStructure Outline(IFileStore store, int rootLength, FileGroup group) => new()
    {
        Name = group.Pattern,
        Kind = ContainerKind.File,
        Partitions = [.. group.Files.Select(f => new PartitionStructure(f.Key[rootLength..].TrimEnd('/'), store.LocationOf(f.Key), f.Size, f.Modified))],
        File = new FileStructure(group.Format.Name, group.Pattern, group.Folder, group.Extension),
    };

    private static ContainerStructure Describe(
        IFileStore store, int rootLength, FileGroup group, List<FileSchema> schemas, List<string> warnings)
    {
        var schema = schemas.Count == 0 ? null : SchemaMerge.Of(schemas);
        var outline = Outline(store, rootLength, group);
        return outline with
        {
            Fields = schema?.Fields ?? [],
            File = outline.File! with
            {
                HasHeader = schema?.HasHeader,
                Delimiter = schema?.Delimiter,
                EscapeCharacter = schema?.EscapeCharacter,
                Compression = schema?.Compression ?? group.Compression,
                JsonFormat = schema?.JsonFormat,
                Encoding = schema?.Encoding,
            },
            Problem = schema is null ? new SourceFault(SourceFaultCode.SourceError, FileSteps.Read, string.Join(" ", warnings)) : null,
            Warnings = schema is null ? [] : warnings,
        };
    }

    private static async Task<SchemaRead> ReadFileAsync(
        ISchemaReader reader, SourceTarget target, IFileStore store, FileGroup group, StoredFile file, FileChoice choice, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadAsync(target, store, group, file, choice, cancel);
        }
        catch (SourceException refused) when (refused.Fault.Code is SourceFaultCode.NotFound or SourceFaultCode.PermissionDenied or SourceFaultCode.SourceError)
        {
            return SchemaRead.Broken(refused.Fault.Message);
        }
    }

    private static List<StoredFile> Samples(FileGroup group)
    {
        if (group.IsTable) return [group.Files[0]];
        var filled = group.Files.Where(f => f.Size > 0).ToList();
        return filled.Count == 0 ? [] : [.. new[] { filled.MaxBy(f => f.Modified)!, filled.MinBy(f => f.Modified)!, filled.MaxBy(f => f.Size)! }.Distinct()];
    }

    private static void AddEmptyFiles(FileGroup group, int rootLength, List<string> warnings)
    {
        if (group.IsTable) return;
        var empty = group.Files.Where(f => f.Size == 0).ToList();
        if (empty.Count == 1) warnings.Add($"{empty[0].Key[rootLength..]}: The file is empty (0 bytes).");
        else if (empty.Count > 1) warnings.Add($"{empty.Count} of {group.Files.Count} files are empty (0 bytes), {empty[0].Key[rootLength..]} among them.");
    }
}
