using Assay.Sources.Contract;
using Npgsql;

namespace Assay.Sources.Postgres.Reading;

/// <summary>A part of a table by the blocks that its rows lie in.</summary>
/// <param name="From">The first block; null for the first of the table.</param>
/// <param name="Until">The first block that is no more part of it; null where there is no end, also for blocks that are yet to come.</param>
internal sealed record BlockRange(long? From, long? Until);

/// <summary>Sessions that see one state of the database, to read a table's blocks side by side: every block is read once, whatever indexes there are.</summary>
internal static class PostgresRanges
{
    // Ranges of blocks have been read without looking at the whole table since PostgreSQL 14. Views, foreign and partitioned tables have no blocks of their own.
    private const string Plan = """
        SELECT pg_catalog.pg_export_snapshot(), pg_catalog.pg_relation_size(c.oid), pg_catalog.current_setting('block_size')::bigint
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_am a ON a.oid = c.relam
        WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'm') AND a.amname = 'heap' AND pg_catalog.current_setting('server_version_num')::int >= 140000
        """;

    /// <summary>Opens as many sessions as the table is worth and the server lets in.</summary>
    /// <returns>The sessions, in one snapshot, with the range of each; null where the table is read in one go.</returns>
    public static async Task<IReadOnlyList<(PostgresSession Session, BlockRange Range)>?> OpenAsync(
        PostgresDoor door, PostgresPlace place, string table, int most, long bytes, TimeSpan timeout, CancellationToken cancel)
    {
        var sessions = new List<PostgresSession>();
        try
        {
            sessions.Add(await door.OpenReadingAsync(place.Settings, place.Database, timeout, cancel));
            if (await PlanAsync(sessions[0], place.Schema!, table, timeout, cancel) is not { } plan) return null;
            var wanted = (int)Math.Min(most, plan.Blocks * plan.BlockSize / bytes);
            while (sessions.Count < wanted && await JoinAsync(door, place, plan.Snapshot, timeout, cancel) is { } session) sessions.Add(session);
            if (sessions.Count < 2) return null;
            var each = plan.Blocks / sessions.Count;
            (PostgresSession, BlockRange)[] ranges = [.. sessions.Select((s, i) => (s, new BlockRange(i == 0 ? null : i * each, i == sessions.Count - 1 ? null : (i + 1) * each)))];
            sessions = [];
            return ranges;
        }
        catch (NpgsqlException) when (!cancel.IsCancellationRequested)
        {
            return null; // a server that lends no snapshot is read in one go
        }
        finally
        {
            foreach (var session in sessions) await session.DisposeAsync();
        }
    }

    private static async Task<(string Snapshot, long Blocks, long BlockSize)?> PlanAsync(PostgresSession session, string schema, string table, TimeSpan timeout, CancellationToken cancel)
    {
        await using var command = session.Command(Plan, timeout, new NpgsqlParameter { Value = schema }, new NpgsqlParameter { Value = table });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetString(0), reader.GetInt64(1) / reader.GetInt64(2), reader.GetInt64(2)) : null;
    }

    /// <returns>One more session in the snapshot; null where the server lets no more in.</returns>
    private static async Task<PostgresSession?> JoinAsync(PostgresDoor door, PostgresPlace place, string snapshot, TimeSpan timeout, CancellationToken cancel)
    {
        PostgresSession? session = null;
        try
        {
            session = await door.OpenReadingAsync(place.Settings, place.Database, timeout, cancel);
            await session.ExecuteAsync($"SET TRANSACTION SNAPSHOT '{snapshot}'", timeout, cancel);
            return session;
        }
        catch (Exception e) when (e is SourceException or NpgsqlException && !cancel.IsCancellationRequested)
        {
            if (session is not null) await session.DisposeAsync();
            return null;
        }
    }
}
