using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Grouping;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Listing;

/// <summary>A folder whose files are still coming in, by extension.</summary>
internal sealed class OpenFolder(string path)
{
    private readonly Dictionary<(string Glob, string Extension), List<NamedFile>> files = [];

    /// <summary>Under the root path; empty or ending in a slash.</summary>
    public string Path { get; } = path;

    /// <param name="glob">The folder glob that the file is filed under: the folder itself, or that with its partition folders starred.</param>
    public void Add(string glob, StoredFile file, FileName name)
    {
        if (!files.TryGetValue((glob, name.Extension), out var list)) files[(glob, name.Extension)] = list = [];
        list.Add(new NamedFile(file, name));
    }

    /// <summary>Files by likeness of their names, or with folder globbing all of an extension together.</summary>
    public IEnumerable<FileGroup> Close(bool folderGlobbing) =>
        from entry in files
        orderby entry.Key.Glob, entry.Key.Extension
        from part in folderGlobbing ? Together(entry.Key.Extension, entry.Value) : NameGrouper.Group(entry.Value)
        let name = part.Files[0].Name
        select new FileGroup(
            entry.Key.Glob + part.Pattern.Text, Path, name.Extension, name.Format, name.Compression, [.. part.Files.Select(f => f.File)]);

    private static IEnumerable<NameGroup> Together(string extension, List<NamedFile> files) =>
        [new NameGroup(new GlobPattern("*" + GlobPattern.Escape(extension)), files)];
}
