using Assay.Sources.Contract;
using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Grouping;
using Assay.Sources.Files.Listing;
using Assay.Sources.Files.Paths;
using Assay.Sources.Files.Stores;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>Works out which files a read means, by what the store has now.</summary>
internal sealed class ReadPlanner(IFileStore store, RootPath root, bool folderGlobbing)
{
    /// <summary>Up to so many partitions are looked up one by one; beyond that the folder is listed.</summary>
    private const int SingleLookUps = 16;

    public async Task<ReadPlan> PlanAsync(ContainerRead read, CancellationToken cancel)
    {
        var file = read.Container.File ?? throw Refused($"'{read.Container.Name}' is no container of files.");
        var fields = read.Container.Fields;
        if (fields.Count == 0) throw Refused($"The fields of '{read.Container.Name}' are not known; sync first.");
        var byName = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var chosen = read.Columns is null ? fields : [.. read.Columns.Select(name => byName.TryGetValue(name, out var field)
            ? field
            : throw Refused($"'{read.Container.Name}' has no field '{name}'."))];
        var files = IsTable(file) ? [new StoredFile(await TableFolderAsync(file, cancel), 1, null)] : await FilesAsync(read, file, cancel);
        return new ReadPlan(read, file, fields, chosen, files, root.Prefix.Length);
    }

    public static bool IsTable(FileStructure file) => file.Format == KnownFormats.Delta.Name || file.Format == KnownFormats.Iceberg.Name;

    /// <summary>A table lies in the folder of its name; where that does not exist, the root itself is the table and only called by its folder.</summary>
    private async Task<string> TableFolderAsync(FileStructure file, CancellationToken cancel)
    {
        var folder = $"{root.Prefix}{new GlobPattern(file.Pattern).Head}/";
        await foreach (var _ in store.ListAsync(folder, 1, true, cancel)) return folder;
        return root.Prefix;
    }

    private async Task<IReadOnlyList<StoredFile>> FilesAsync(ContainerRead read, FileStructure file, CancellationToken cancel)
    {
        var pattern = new GlobPattern(file.Pattern);
        var found = read.Partitions is { } names
            ? await NamedAsync(names, pattern, read, cancel)
            : await CurrentAsync(pattern, file, cancel);
        // What cannot be seen is unknown, not empty: a container of no records is one whose files are.
        if (found.Count == 0) throw new SourceException(new SourceFault(SourceFaultCode.NotFound, FileSteps.Read, $"No file of '{read.Container.Name}' exists any more."));
        var after = read.After?.Modified;
        return [.. found.Where(f => f.Size > 0 && (after is null || f.Modified > after))];
    }

    private async Task<IReadOnlyList<StoredFile>> NamedAsync(IReadOnlyList<string> names, GlobPattern pattern, ContainerRead read, CancellationToken cancel)
    {
        foreach (var name in names)
            if (!pattern.Matches(name)) throw Refused($"'{name}' is no partition of '{read.Container.Name}'.");
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        var found = new List<StoredFile>();
        foreach (var prefix in names.Count <= SingleLookUps ? names : [pattern.Head])
            await foreach (var file in store.ListAsync(root.Prefix + prefix, names.Count <= SingleLookUps ? 1 : null, true, cancel))
            {
                if (wanted.Remove(file.Key[root.Prefix.Length..])) found.Add(file);
                if (names.Count <= SingleLookUps || wanted.Count == 0) break;
            }
        return wanted.Count == 0 ? found : throw new SourceException(new SourceFault(
            SourceFaultCode.NotFound, FileSteps.Read, $"The file '{wanted.First()}' does not exist any more."));
    }

    /// <summary>The files that would make up the container if the folder were synced now.</summary>
    private async Task<IReadOnlyList<StoredFile>> CurrentAsync(GlobPattern pattern, FileStructure file, CancellationToken cancel)
    {
        var matching = new List<StoredFile>();
        var folder = new OpenFolder(file.RelativePath);
        var acrossFolders = pattern.Text[GlobPattern.Escape(file.RelativePath).Length..].Contains('/');
        var prefix = root.Prefix + (pattern.IsLiteral ? pattern.Head : file.RelativePath);
        await foreach (var found in store.ListAsync(prefix, pattern.IsLiteral ? 1 : null, acrossFolders, cancel))
        {
            var key = found.Key[root.Prefix.Length..];
            if (pattern.Matches(key)) matching.Add(found);
            if (pattern.IsLiteral) break;
            if (!folderGlobbing && FileName.TryParse(key[(key.LastIndexOf('/') + 1)..], out var name) && name.Extension == file.Extension)
                folder.Add(GlobPattern.Escape(file.RelativePath), found, name);
        }
        // New files may have brought another grouping; then whatever the glob matches is the container.
        return folder.Close(folderGlobbing: false).FirstOrDefault(g => g.Pattern == file.Pattern)?.Files ?? matching;
    }

    private static SourceException Refused(string message) => new(new SourceFault(SourceFaultCode.InvalidSettings, FileSteps.Read, message));
}
