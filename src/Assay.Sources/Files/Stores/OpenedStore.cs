using Assay.Sources.Files.Paths;

namespace Assay.Sources.Files.Stores;

/// <param name="Name">The bucket, container or folder.</param>
/// <param name="Prefix">The prefix that the connection's URI puts in front of every root path.</param>
internal sealed record OpenedStore(IFileStore Store, string Name, RootPath Prefix) : IDisposable
{
    public void Dispose() => Store.Dispose();
}
