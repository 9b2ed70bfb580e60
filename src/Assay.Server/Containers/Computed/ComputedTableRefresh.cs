using Assay.Server.Datastores;
using Assay.Server.Fields.Computed;
using Assay.Server.Reading;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assay.Server.Containers.Computed;

/// <summary>Brings the fields of a computed table up to date before it is read: what its query selects may have changed at the source.</summary>
internal sealed class ComputedTableRefresh(IServiceScopeFactory scopes, ContainerReader reader)
{
    /// <returns>The container as it is now; null where it was deleted meanwhile.</returns>
    /// <exception cref="Sources.Contract.SourceException">The source does not understand the query any more, or could not be asked.</exception>
    public async Task<StoredContainer?> RunAsync(StoredContainer stored, CancellationToken cancel)
    {
        if (stored.Definition is not { IsNative: true } definition) return stored;
        var found = await reader.DescribeQueryAsync(stored.Datastore, definition.Query!, cancel);
        if (ComputedColumns.Are(stored.Fields, found)) return stored;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AssayDb>();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            if (await db.LockDatastoreAsync(stored.Datastore.Id, cancel) is null) return null;
            // A user may have given it another query while the source was asked: that one's fields are known already.
            if (await db.Set<Container>().AnyAsync(c => c.Id == stored.Row.Id && c.Definition == stored.Row.Definition, cancel))
            {
                var masked = await scope.ServiceProvider.GetRequiredService<ComputedLineage>().OfAsync(definition, stored.Datastore.Id, cancel);
                await scope.ServiceProvider.GetRequiredService<ComputedColumns>().SetAsync(stored.Row.Id, found, masked, cancel);
                await ComputedFieldStates.ApplyAsync(db.Database.GetDbConnection(), transaction.GetDbTransaction(), stored.Datastore.Id, cancel);
                await transaction.CommitAsync(cancel);
            }
        }
        return await reader.FindAsync(stored.Row.Id, cancel);
    }
}
