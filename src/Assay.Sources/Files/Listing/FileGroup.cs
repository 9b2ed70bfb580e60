using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Listing;

/// <summary>What will be one container: the files of a glob, a single file, or a folder that is a table.</summary>
/// <param name="Pattern">The glob under the root path; it is the container's name, too.</param>
/// <param name="Folder">The folder under the root path, empty or ending in a slash.</param>
/// <param name="Extension">With its dot, any <c>.gz</c> included; empty for table folders without one.</param>
/// <param name="Files">Its files in order of names; for a table folder one entry that stands for the folder.</param>
internal sealed record FileGroup(
    string Pattern, string Folder, string Extension, FileFormat Format, string? Compression, IReadOnlyList<StoredFile> Files)
{
    public bool IsTable => Format.Family == FormatFamily.TableFolder;
}
