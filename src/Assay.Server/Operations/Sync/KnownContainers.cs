using System.Data.Common;
using Assay.Server.Store.Reads;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync;

/// <summary>What is known of a container before a sync, as far as the difference needs it.</summary>
/// <param name="FileSettings">For files what users chose of how they are read; null for tables.</param>
internal sealed record KnownContainer(
    long Id, string Name, string? TableType, Fingerprint Fingerprint, long? Records, string RecordsQuality, string SyncState, bool Deleted, bool DeletedByUser, string? FileSettings = null)
{
    public bool IsView => TableType is "view" or "materialized_view";
}

/// <summary>The containers of a datastore by their exact names.</summary>
internal static class KnownContainers
{
    private const string Sql = """
        SELECT id, name, table_type, fingerprint, records, records_quality, sync_state, deleted_at IS NOT NULL, deleted_by_user,
            CASE WHEN container_type = 'file' THEN user_settings END
        FROM containers WHERE datastore_id = @datastore AND container_type IN ('table', 'file')
        """;

    public static async Task<Dictionary<string, KnownContainer>> ReadAsync(DbConnection connection, long datastoreId, CancellationToken cancel)
    {
        var known = new Dictionary<string, KnownContainer>(StringComparer.Ordinal);
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        new SqlArguments().Add("@datastore", datastoreId).AddTo(command);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var container = Read(rows);
            known[container.Name] = container;
        }
        return known;
    }

    /// <summary>How files are read where users chose, as a listing takes it.</summary>
    public static IReadOnlyDictionary<string, FileChoice> FileChoices(IEnumerable<KnownContainer> known) => known
        .Where(c => c.FileSettings is { Length: > 0 }).ToDictionary(c => c.Name, c => Containers.FileSettings.Parse(c.FileSettings!).ToChoice(), StringComparer.Ordinal);

    private static KnownContainer Read(DbDataReader rows)
    {
        var row = new RowCursor(rows);
        return new KnownContainer(row.Number(), row.Text(), row.TextOrNull(), Fingerprint.Parse(row.Text()), row.NumberOrNull(),
            row.Text(), row.Text(), row.Flag(), row.Flag(), row.TextOrNull());
    }
}
