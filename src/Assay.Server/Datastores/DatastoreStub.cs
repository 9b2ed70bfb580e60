using System.Linq.Expressions;

namespace Assay.Server.Datastores;

/// <summary>A datastore where something else is shown.</summary>
/// <param name="StoreType"><c>jdbc</c>, <c>dfs</c> or <c>native</c>.</param>
/// <param name="Type">The connector, such as <c>postgresql</c>.</param>
internal sealed record DatastoreStub(long Id, string Name, string StoreType, string Type, bool EnrichmentOnly)
{
    /// <summary>For queries: only these columns are read.</summary>
    public static readonly Expression<Func<Datastore, DatastoreStub>> From = d => new DatastoreStub(d.Id, d.Name, d.StoreType, d.Type, d.EnrichmentOnly);
}
