using Assay.Server.Datastores.Enrichment;
using Assay.Sources.Contract;

namespace Assay.Server.Datastores.Writes;

/// <summary>What a request for a datastore comes to, defaults filled in.</summary>
internal static class NewDatastore
{
    /// <param name="scope">The part of the connection that it covers, checked.</param>
    /// <param name="now">When it is made, UTC.</param>
    public static Datastore Of(CreateDatastoreRequest request, long connectionId, string type, string storeType, SourceScope scope, long? groupId, DateTime now)
    {
        var prefix = string.IsNullOrWhiteSpace(request.EnrichmentPrefix) ? request.IsEnrichment ? null : request.Name : request.EnrichmentPrefix;
        return new Datastore
        {
            Name = request.Name,
            Description = request.Description,
            ConnectionId = connectionId,
            Type = type,
            StoreType = storeType,
            Database = scope.Database,
            Schema = scope.Schema,
            RootPath = scope.RootPath,
            FolderGlobbingEnabled = scope.FolderGlobbing,
            EnrichmentOnly = request.IsEnrichment,
            GroupId = groupId,
            EnrichmentPrefix = prefix is null ? null : EnrichmentPrefix.Normalise(prefix),
            EnrichmentSourceRecordLimit = request.EnrichmentSourceRecordLimit ?? Datastore.DefaultSourceRecordLimit,
            EnrichmentRemediationStrategy = request.EnrichmentRemediationStrategy ?? Datastore.NoRemediation,
            HighCountRollupThreshold = request.HighCountRollupThreshold ?? Datastore.DefaultRollupThreshold,
            Created = now,
            Updated = now,
        };
    }
}
