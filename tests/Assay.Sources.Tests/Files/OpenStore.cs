using Assay.Sources.Files;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Tests.Files;

/// <summary>The store behind a connector, for what cannot be seen through listing and testing.</summary>
internal sealed class OpenStore(FileSource source, ConnectionSettings settings) : IAsyncDisposable
{
    private readonly OpenedStore opened = ((FileConnector)source.Connector).Open(settings);

    public IFileStore Files => opened.Store;

    public ValueTask DisposeAsync()
    {
        opened.Dispose();
        return ValueTask.CompletedTask;
    }
}
