using Assay.Server.Connections;
using Assay.Server.Datastores;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Tables;

/// <summary>The way from a datastore to a writer of tables in it.</summary>
internal sealed class EnrichmentStores(ConnectionDesk connections, ConnectorCatalogue connectors)
{
    /// <exception cref="SourceException">The store cannot be written; the message is safe to show.</exception>
    public async Task<ITableWriter> OpenWriterAsync(Datastore store, CancellationToken cancel) =>
        await Writable(store).OpenWriterAsync(await TargetAsync(store, cancel), cancel);

    public async Task<SourceTarget> TargetAsync(Datastore store, CancellationToken cancel) =>
        new(await connections.SettingsAsync(store.ConnectionId, cancel), store.Scope);

    public IWritable Writable(Datastore store) => connectors.Find(store.Type) as IWritable
        ?? throw new SourceException(new SourceFault(SourceFaultCode.Unsupported, "write rows", $"Datastores of type '{store.Type}' cannot be written."));
}
