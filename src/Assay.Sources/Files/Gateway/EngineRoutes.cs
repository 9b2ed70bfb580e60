using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Files.Reading;
using Assay.Sources.Files.Stores;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Files.Gateway;

/// <summary>
/// Decides by which way the engine gets at files. The built-in engine opens plain files of this machine itself and everything else
/// through the gateway. A ClickHouse server cannot reach the gateway; it gets the store's address and credentials.
/// </summary>
internal sealed class EngineRoutes(EngineGateway gateway, IOptions<EngineOptions> engine)
{
    private bool IsBuiltIn => engine.Value.Url is null;

    /// <param name="bucket">What the files' bucket is called.</param>
    public Task<EngineRoute> ToFilesAsync(IFileStore store, string bucket, IReadOnlyList<StoredFile> files, CancellationToken cancel) =>
        IsBuiltIn && !store.IsOnThisMachine ? ThroughGatewayAsync(new PlannedFiles(store, BucketName.From(bucket), files), cancel) : DirectAsync(store, cancel);

    /// <param name="folderKey">The table's folder; ends in a slash, or is empty.</param>
    public Task<EngineRoute> ToTableAsync(IFileStore store, string folderKey, CancellationToken cancel) =>
        IsBuiltIn ? ThroughGatewayAsync(new TableFolder(store, folderKey), cancel) : DirectAsync(store, cancel);

    private async Task<EngineRoute> ThroughGatewayAsync(IFileView view, CancellationToken cancel)
    {
        var pass = await gateway.OpenAsync(view, cancel);
        return new EngineRoute(new GatewayReach(pass), () => pass.Failure, pass);
    }

    private static async Task<EngineRoute> DirectAsync(IFileStore store, CancellationToken cancel) => new(await store.ReachAsync(cancel), () => null);
}

/// <summary>An open way to some files; disposed, the engine sees them no more.</summary>
/// <param name="failure">What the store refused the engine on this way, as far as Assay has seen it.</param>
internal sealed class EngineRoute(EngineReach reach, Func<SourceFault?> failure, params IEnumerable<IDisposable> held) : IDisposable
{
    public EngineReach Reach => reach;

    public SourceFault? Failure => failure();

    /// <summary>The same way, with something more to be disposed after it.</summary>
    public EngineRoute Holding(IDisposable more) => new(reach, failure, [.. held, more]);

    public void Dispose()
    {
        foreach (var thing in held) thing.Dispose();
    }
}
