using System.Data.Common;
using System.Text.Json;
using Assay.Server.Containers;
using Assay.Server.Store.Reads;
using Assay.Server.Web;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync;

/// <summary>What is known of a container before a sync, as far as the difference needs it.</summary>
/// <param name="FileSettings">For files what users chose of how they are read; null for tables.</param>
/// <param name="MaskedFile">For files with a masked field how they are read, as JSON; null for all others.</param>
internal sealed record KnownContainer(
    long Id, string Name, string? TableType, Fingerprint Fingerprint, long? Records, string RecordsQuality, string SyncState, bool Deleted, bool DeletedByUser, string? FileSettings = null, string? MaskedFile = null)
{
    public bool IsView => TableType is "view" or "materialized_view";
}

/// <summary>The containers of a datastore by their exact names.</summary>
internal static class KnownContainers
{
    private const string Sql = """
        SELECT id, name, table_type, fingerprint, records, records_quality, sync_state, deleted_at IS NOT NULL, deleted_by_user,
            CASE WHEN container_type = 'file' THEN user_settings END,
            CASE WHEN container_type = 'file' AND EXISTS (SELECT 1 FROM fields f WHERE f.container_id = containers.id AND f.status = 'masked' AND f.computed_field_id IS NULL) THEN file END
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

    /// <summary>How files are read where that is settled, as a listing takes it.</summary>
    public static IReadOnlyDictionary<string, FileChoice> FileChoices(IEnumerable<KnownContainer> known) => known
        .Where(c => c.FileSettings is { Length: > 0 } || c.MaskedFile is not null).ToDictionary(c => c.Name, Choice, StringComparer.Ordinal);

    /// <summary>Where a field is masked the header stays as it was found: under another name its values would show.</summary>
    private static FileChoice Choice(KnownContainer container)
    {
        var chosen = FileSettings.Parse(container.FileSettings ?? "");
        var found = container.MaskedFile is { } json ? JsonSerializer.Deserialize<FileStructure>(json, Json.Options)!.HasHeader : null;
        return (chosen with { HasHeader = chosen.HasHeader ?? found }).ToChoice();
    }

    private static KnownContainer Read(DbDataReader rows)
    {
        var row = new RowCursor(rows);
        return new KnownContainer(row.Number(), row.Text(), row.TextOrNull(), Fingerprint.Parse(row.Text()), row.NumberOrNull(),
            row.Text(), row.Text(), row.Flag(), row.Flag(), row.TextOrNull(), row.TextOrNull());
    }
}
