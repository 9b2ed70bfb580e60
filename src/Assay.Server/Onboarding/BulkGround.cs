namespace Assay.Server.Onboarding;

/// <summary>What all datastores of a bulk creation share, found or made once. Stored with a run that has an idempotency key.</summary>
/// <param name="Teams">The ids of the teams that reach them.</param>
/// <param name="Tags">The ids of their tags.</param>
/// <param name="Places">The schemas or root paths that get one, in order.</param>
internal sealed record BulkGround(
    long ConnectionId, string ConnectionName, string Type, string StoreType, IReadOnlyList<long> Teams, IReadOnlyList<long> Tags, long? GroupId,
    IReadOnlyList<string> Places);

/// <summary>The ground, with the run that remembers it where the request has an idempotency key.</summary>
internal sealed record BulkStart(BulkGround Ground, BulkRun? Run);
