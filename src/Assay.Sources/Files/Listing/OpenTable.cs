using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Grouping;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Listing;

/// <summary>A table folder whose files are still coming in; of them only the sum is kept.</summary>
internal sealed class OpenTable(string root, FileFormat format)
{
    private long size;
    private DateTimeOffset? modified;

    public string Root { get; } = root;

    public void Add(StoredFile file)
    {
        size += file.Size;
        if (modified is null || file.Modified > modified) modified = file.Modified;
    }

    /// <param name="rootKey">The key of the root path.</param>
    /// <param name="rootName">What a table is called that is the root itself.</param>
    public FileGroup Close(string rootKey, string rootName)
    {
        var name = Root.Length == 0 ? rootName : Root[..^1];
        var slash = name.LastIndexOf('/') + 1;
        var dot = name.LastIndexOf('.');
        var extension = dot > slash && name[(dot + 1)..].Equals(format.Name, StringComparison.OrdinalIgnoreCase) ? name[dot..] : "";
        return new FileGroup(
            GlobPattern.Escape(name), Root.Length == 0 ? "" : name[..slash], extension, format, null,
            [new StoredFile(rootKey + Root, size, modified)]);
    }
}
