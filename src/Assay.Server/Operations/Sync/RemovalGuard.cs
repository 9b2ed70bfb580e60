using System.Data.Common;
using System.Text.Json;
using Assay.Server.Settings;
using Dapper;

namespace Assay.Server.Operations.Sync;

/// <summary>
/// Stands between a listing and a mass removal: dropping more than a share of what is known at once looks like revoked rights or a wrong
/// schema. It happens only where the sync before asked for the same and was held back, or a setting allows it.
/// </summary>
internal sealed class RemovalGuard(AssaySettings settings)
{
    /// <summary>The counter under which a sync records what it was not allowed to remove.</summary>
    public const string HeldBack = "containers_held_back";

    /// <summary>Whether removing <paramref name="gone"/> of <paramref name="known"/> containers is too much to do unasked.</summary>
    public bool IsMass(long gone, long known) => gone > 0 && gone * 100 > known * (long)settings.SyncMaxRemovedPercent;

    /// <summary>Whether the successful sync before this one asked to prune as many and was held back.</summary>
    public static async Task<bool> IsConfirmedAsync(DbConnection connection, long datastoreId, long operationId, long gone, CancellationToken cancel)
    {
        var before = await connection.QueryFirstOrDefaultAsync<(string Settings, string Status)?>(new CommandDefinition("""
            SELECT settings, status FROM operations WHERE datastore_id = @datastoreId AND type = 'sync' AND id < @operationId AND result = 'success'
            ORDER BY id DESC LIMIT 1
            """, new { datastoreId, operationId }, cancellationToken: cancel));
        if (before is not { } last || !SyncSettings.Parse(last.Settings).Prune) return false;
        return JsonSerializer.Deserialize<Dictionary<string, long>>(last.Status)!.GetValueOrDefault(HeldBack) >= gone;
    }
}
