using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Anomalies;

/// <summary>Keeps the number of open anomalies that datastores show and sort by. Callers hold the datastore's lock.</summary>
internal static class AnomalyFigures
{
    /// <summary>An assignment that counts the open anomalies of live containers anew.</summary>
    public const string Counted = """
        active_anomalies = (SELECT COUNT(*) FROM anomalies a JOIN containers c ON c.id = a.container_id
            WHERE c.datastore_id = datastores.id AND c.deleted_at IS NULL AND a.archived_at IS NULL)
        """;

    public static Task CountAnomaliesAsync(this AssayDb db, long datastoreId, CancellationToken cancel) =>
        db.Database.ExecuteSqlRawAsync($"UPDATE datastores SET {Counted} WHERE id = {{0}}", [datastoreId], cancel);
}
