using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Grouping;

/// <summary>A file of a folder with its name taken apart.</summary>
internal sealed record NamedFile(StoredFile File, FileName Name)
{
    public string Text => Name.Stem + Name.Extension;
}
