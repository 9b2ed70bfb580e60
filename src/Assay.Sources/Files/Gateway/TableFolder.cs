using System.Collections.Concurrent;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Gateway;

/// <summary>
/// All files of a Delta or Iceberg table's folder, and nothing beside it. The engine sees the folder under a plain name, because it
/// escapes odd ones wrongly. What was listed or looked up once stays as it was, so that a statement sees one state of the table.
/// </summary>
/// <param name="folderKey">Ends in a slash, or is empty for the whole store.</param>
internal sealed class TableFolder(IFileStore store, string folderKey) : IFileView
{
    /// <summary>What the engine calls the folder.</summary>
    public const string Name = "table/";

    private readonly ConcurrentDictionary<string, IReadOnlyList<SeenFile>> listed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredFile> known = new(StringComparer.Ordinal);

    public IFileStore Store => store;

    public string Bucket => "lake";

    public async Task<IReadOnlyList<SeenFile>> ListAsync(string prefix, CancellationToken cancel)
    {
        if (Name.StartsWith(prefix, StringComparison.Ordinal)) prefix = Name;
        if (!IsInside(prefix)) return [];
        if (listed.TryGetValue(prefix, out var before)) return before;
        var found = new List<SeenFile>();
        await foreach (var file in store.ListAsync(KeyOf(prefix), null, true, cancel)) found.Add(new SeenFile(Name + file.Key[folderKey.Length..], file));
        found.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var file in found) known.TryAdd(file.Name, file.File);
        return listed.GetOrAdd(prefix, found);
    }

    public async Task<StoredFile?> FindAsync(string name, CancellationToken cancel)
    {
        if (known.TryGetValue(name, out var file)) return file;
        if (!IsInside(name)) return null;
        await foreach (var first in store.ListAsync(KeyOf(name), 1, true, cancel))
        {
            // In order of keys, the one that is the prefix itself comes before all that only begin with it.
            return first.Key == KeyOf(name) ? known.GetOrAdd(name, first) : null;
        }
        return null;
    }

    /// <summary>A table's metadata may name any file; those beside the table are not for its readers.</summary>
    private static bool IsInside(string name) => name.StartsWith(Name, StringComparison.Ordinal) && !name.Split('/').Any(part => part is "." or "..");

    private string KeyOf(string name) => folderKey + name[Name.Length..];
}
