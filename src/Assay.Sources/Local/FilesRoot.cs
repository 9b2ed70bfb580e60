using Assay.Sources.Contract;
using Assay.Sources.Files.Paths;

namespace Assay.Sources.Local;

/// <summary>Database files under the one folder that the operator opened. Links are resolved before the check, so that none leads out of it.</summary>
internal sealed class FilesRoot(string? root)
{
    public const string Off = "Local files are switched off: the operator of this Assay opens a folder by setting ASSAY_FILES_ROOT.";

    private const int MostFiles = 10_000;

    /// <summary>What is wrong with a connection's folder; null where nothing is.</summary>
    public SettingProblem? ProblemOf(string? uri) =>
        string.IsNullOrWhiteSpace(root) ? new SettingProblem(["type"], Off)
        : FolderOf(uri) is null ? new SettingProblem(["uri"], "The URI should look like file:///folder, where the folder is one under the files root")
        : null;

    /// <summary>The real path of a file.</summary>
    /// <param name="uri">The connection's folder.</param>
    /// <param name="file">The file's path below it.</param>
    /// <exception cref="SourceException">There is no such file, or a link leads out of the files root.</exception>
    public string Find(string? uri, string file, string step)
    {
        var folder = Folder(uri, step);
        if (RealPath.Resolve(Path.Combine(folder, file.TrimStart('/'))) is not { } path || Directory.Exists(path))
            throw new SourceException(new SourceFault(SourceFaultCode.CatalogNotFound, step, $"There is no file '{file}' in {Shown(uri)}."));
        if (!RealPath.IsWithin(path, Root(step)))
            throw new SourceException(new SourceFault(SourceFaultCode.PermissionDenied, step, $"'{file}' leads out of the folder that ASSAY_FILES_ROOT opens."));
        return path;
    }

    /// <summary>The files of a folder and all below it that pass, as paths below it in order.</summary>
    public IReadOnlyList<string> List(string? uri, Func<FileInfo, bool> pass, string step, CancellationToken cancel)
    {
        var (folder, limit) = (Folder(uri, step), Root(step));
        var found = new List<string>();
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = true };
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", options))
        {
            cancel.ThrowIfCancellationRequested();
            if (RealPath.Resolve(file.FullName) is not { } real || !RealPath.IsWithin(real, limit) || !pass(file)) continue;
            found.Add(Path.GetRelativePath(folder, file.FullName));
            if (found.Count > MostFiles)
                throw new SourceException(new SourceFault(SourceFaultCode.SourceError, step, $"There are more than {MostFiles} databases in {Shown(uri)}. Connect to a folder below it."));
        }
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    public static string Shown(string? uri) => string.IsNullOrEmpty(uri) ? "file:///" : uri;

    private string Folder(string? uri, string step)
    {
        if (RealPath.Resolve(Path.Combine(Root(step), FolderOf(uri)!)) is not { } folder || !Directory.Exists(folder) || !RealPath.IsWithin(folder, Root(step)))
            throw new SourceException(new SourceFault(SourceFaultCode.NotFound, step, $"The folder {Shown(uri)} does not exist under the files root."));
        return folder;
    }

    private string Root(string step) => RealPath.Resolve(Path.GetFullPath(root!))
        ?? throw new SourceException(new SourceFault(SourceFaultCode.NotFound, step, "The folder that ASSAY_FILES_ROOT names does not exist."));

    private static string? FolderOf(string? uri)
    {
        if (string.IsNullOrEmpty(uri)) return "";
        if (!uri.StartsWith("file:///", StringComparison.OrdinalIgnoreCase)) return null;
        var (folder, problem) = RootPath.Parse(uri["file:///".Length..]);
        return problem is null ? folder!.Prefix.TrimEnd('/') : null;
    }
}
