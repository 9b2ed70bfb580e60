using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks;

/// <summary>Keeps the number of active checks that datastores show. Callers hold the datastore's lock.</summary>
internal static class CheckFigures
{
    /// <summary>An assignment that counts the active checks on live containers anew.</summary>
    public const string Counted = """
        active_checks = (SELECT COUNT(*) FROM quality_checks q JOIN containers c ON c.id = q.container_id
            WHERE c.datastore_id = datastores.id AND c.deleted_at IS NULL AND q.status = 'Active' AND q.deleted_at IS NULL)
        """;

    public static Task CountChecksAsync(this AssayDb db, long datastoreId, CancellationToken cancel) =>
        db.Database.ExecuteSqlRawAsync($"UPDATE datastores SET {Counted} WHERE id = {{0}}", [datastoreId], cancel);
}
