using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Assay.Sources.Contract;
using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Paths;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Listing;

/// <summary>
/// Turns the flat listing of a store into groups of files, folder by folder from the inside out. A store lists all keys of a
/// folder and its subfolders together, so that a folder is complete as soon as a key lies outside it: kept in memory are the
/// files of the folders on the way from the root to the present key (about 300 bytes each), the names of table folders, and 8
/// bytes for each folder that was closed, by which a store that comes back to a folder is found out.
/// </summary>
internal sealed class FolderLister(IFileStore store, RootPath root, string rootName, bool folderGlobbing)
{
    private readonly Stack<OpenFolder> open = new();
    private readonly HashSet<ulong> closed = [];

    /// <param name="folder">Lists no more than this folder under the root path and its subfolders: empty for all, or ending in a slash.</param>
    public async IAsyncEnumerable<FileGroup> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancel)
    {
        var tables = await TableRoots.FindAsync(store.ListAsync(root.Prefix + folder, null, true, cancel), root.Prefix.Length, cancel);
        OpenTable? table = null;
        await foreach (var file in store.ListAsync(root.Prefix + folder, null, true, cancel))
        {
            var key = file.Key[root.Prefix.Length..];
            if (table is not null && !key.StartsWith(table.Root, StringComparison.Ordinal))
            {
                closed.Add(Hash(table.Root));
                yield return table.Close(root.Prefix, rootName);
                table = null;
            }
            foreach (var group in CloseFoldersOutside(key)) yield return group;
            if (table is null && tables.TryFindRootOf(key, out var tableRoot, out var format)) table = OpenTableAt(tableRoot, format);
            if (table is not null) table.Add(file);
            else Add(file, key);
        }
        if (table is not null) yield return table.Close(root.Prefix, rootName);
        foreach (var group in CloseFoldersOutside(null)) yield return group;
    }

    private OpenTable OpenTableAt(string tableRoot, FileFormat format)
    {
        CheckNotClosed(tableRoot);
        return new OpenTable(tableRoot, format);
    }

    private void Add(StoredFile file, string key)
    {
        var slash = key.LastIndexOf('/') + 1;
        if (!FileName.TryParse(key[slash..], out var name) || HiddenFolders.Cover(key[..slash])) return;
        var folder = key[..slash];
        var (owner, glob) = folderGlobbing ? PartitionFolders.OwnerOf(folder) : (folder, Grouping.GlobPattern.Escape(folder));
        if (!open.TryPeek(out var top) || top.Path != owner)
        {
            CheckNotClosed(owner);
            open.Push(top = new OpenFolder(owner));
        }
        top.Add(glob, file, name);
    }

    /// <param name="key">The present key; null closes all.</param>
    private IEnumerable<FileGroup> CloseFoldersOutside(string? key)
    {
        while (open.TryPeek(out var top) && (key is null || !key.StartsWith(top.Path, StringComparison.Ordinal)))
        {
            open.Pop();
            closed.Add(Hash(top.Path));
            foreach (var group in top.Close(folderGlobbing)) yield return group;
        }
    }

    private void CheckNotClosed(string folder)
    {
        if (closed.Contains(Hash(folder)))
            throw new SourceException(new SourceFault(
                SourceFaultCode.Unsupported, FileSteps.List,
                "The store lists its keys in no order (as S3 directory buckets do), by which folders cannot be told complete."));
    }

    private static ulong Hash(string folder) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(folder)));
}
