using Npgsql;

namespace Assay.Sources.Postgres.Writing;

/// <summary>The batches that were written, in a table beside theirs.</summary>
internal sealed class BatchLedger(PostgresSession session, PostgresPlace place, TimeSpan timeout)
{
    public const string Name = "_assay_batches";

    private string Table => place.Table(Name);

    public async Task PrepareAsync(CancellationToken cancel)
    {
        await using var lookup = session.Command("SELECT pg_catalog.to_regclass($1) IS NOT NULL", timeout, new NpgsqlParameter { Value = Table });
        if (await lookup.ExecuteScalarAsync(cancel) is true) return;
        await session.ExecuteAsync(
            $"SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('assay batches', 0)); "
            + $"CREATE TABLE IF NOT EXISTS {Table} (table_name text NOT NULL, batch text NOT NULL, written timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (table_name, batch))",
            timeout, cancel);
    }

    /// <returns>False where the batch has its mark already.</returns>
    public async Task<bool> TryMarkAsync(string table, string batch, CancellationToken cancel)
    {
        await using var command = session.Command(
            $"INSERT INTO {Table} (table_name, batch) VALUES ($1, $2) ON CONFLICT DO NOTHING", timeout, new NpgsqlParameter { Value = table }, new NpgsqlParameter { Value = batch });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    public async Task ForgetAsync(string table, CancellationToken cancel)
    {
        await using var command = session.Command($"DELETE FROM {Table} WHERE table_name = $1", timeout, new NpgsqlParameter { Value = table });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
