using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Files;
using Assay.Sources.Files.Paths;
using Assay.Sources.Files.Stores;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Local;

/// <summary>
/// Folders of the machine that Assay runs on, under the one root that its operator opened (ours; the reference has no such
/// connector).
/// </summary>
internal sealed class LocalConnector(IOptions<SourcesOptions> options, IOptions<EngineOptions> engine, FileWork work) : FileConnector(work)
{
    private const string Off = "Local folders are switched off: the operator of this Assay opens one by setting ASSAY_FILES_ROOT.";

    public override ConnectorSpec Spec { get; } = new()
    {
        Type = "local",
        DisplayName = "Local folder",
        StoreType = StoreType.Dfs,
        SupportsEnrichment = true,
        Properties =
        [
            new() { Field = "uri", Title = "Folder", Placeholder = "file:///sales", Info = "A folder under the files root; file:/// is the root itself." },
            FileProperties.RootPath,
        ],
    };

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        if (string.IsNullOrWhiteSpace(options.Value.FilesRoot)) return [new SettingProblem(["type"], Off)];
        var problems = SettingChecks.NothingElseThan(settings, ["uri"], []);
        if (FolderOf(settings).Problem is { } problem) problems.Add(new SettingProblem(["uri"], problem));
        return problems;
    }

    internal override OpenedStore Open(ConnectionSettings settings)
    {
        var root = RealPath.Resolve(Path.GetFullPath(options.Value.FilesRoot!)) ?? throw new SourceException(new SourceFault(
            SourceFaultCode.NotFound, FileSteps.Bucket, "The folder that ASSAY_FILES_ROOT names does not exist."));
        var prefix = FolderOf(settings).Folder!.Prefix;
        var folder = Path.Combine(root, prefix.TrimEnd('/'));
        return new OpenedStore(new LocalFileStore(root, folder, $"file:///{prefix}", engine.Value.Url is null), Path.GetFileName(folder), RootPath.BucketRoot);
    }

    private static (RootPath? Folder, string? Problem) FolderOf(ConnectionSettings settings)
    {
        var uri = settings.Uri ?? "";
        return uri.Length > 0 && !uri.StartsWith("file:///", StringComparison.OrdinalIgnoreCase)
            ? (null, "The URI should look like file:///folder, where the folder is one under the files root.")
            : RootPath.Parse(uri.Length == 0 ? "" : uri["file:///".Length..]);
    }
}
