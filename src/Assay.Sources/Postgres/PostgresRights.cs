using System.Security.Cryptography;
using Assay.Sources.Contract;
using Assay.Sources.Probing;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>The steps of a test that look at rights: may the user see the schema, list and read what is in it, write to it.</summary>
internal sealed class PostgresRights(PostgresSession session, PostgresPlace place, TimeSpan statementLimit)
{
    /// <summary>To read a row may mean to compute a view; that is worth a warning soon rather than a verdict late.</summary>
    private static readonly TimeSpan readLimit = TimeSpan.FromSeconds(2);

    // Tables before views: to read one row of a view can mean to compute all of it.
    private const string FindTable = """
        SELECT count(*) OVER (), c.relname, readable
        FROM pg_catalog.pg_class c
        CROSS JOIN LATERAL (
            SELECT pg_catalog.has_table_privilege(c.oid, 'SELECT') OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
        ) r(readable)
        WHERE c.relnamespace = $1::pg_catalog.oid AND c.relkind = ANY ('{r,p,m,f,v}') AND NOT c.relispartition
        ORDER BY readable DESC, pg_catalog.array_position('{r,p,m,f,v}', c.relkind), c.relname
        LIMIT 1
        """;

    /// <exception cref="Exception">The step under way failed: a fault of its own or the driver's.</exception>
    public async Task CheckAsync(TestRun run, SourceScope scope, TestIntent intent, CancellationToken cancel)
    {
        // A connection alone, without a datastore, names no database: then the sign-in is all there is to test.
        if (scope.Database is null && scope.Schema is null)
        {
            run.Skip(PostgresSteps.Schema, "No schema was named");
            return;
        }

        run.Begin(PostgresSteps.Schema);
        await session.BeginReadingAsync(statementLimit, cancel);
        var schema = await PostgresSchema.FindAsync(session, place, statementLimit, cancel);
        run.Pass(place.Schema!);

        run.Begin(PostgresSteps.List);
        var (count, table) = await FindTableAsync(schema, cancel);
        run.Pass(count == 1 ? "1 table or view" : $"{count} tables and views");

        if (count == 0)
            run.Skip(PostgresSteps.Read, "The schema is empty");
        else
            await ReadOneAsync(run, table, cancel);

        if (intent.ForWriting)
            await WriteAsync(run, cancel);
    }

    private async Task<(long Count, string? Readable)> FindTableAsync(uint schema, CancellationToken cancel)
    {
        await using var command = session.Command(FindTable, statementLimit, new NpgsqlParameter { Value = (long)schema });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? (reader.GetInt64(0), reader.GetBoolean(2) ? reader.GetString(1) : null)
            : (0, null);
    }

    private async Task ReadOneAsync(TestRun run, string? table, CancellationToken cancel)
    {
        run.Begin(PostgresSteps.Read);
        if (table is null)
            throw new SourceException(new SourceFault(SourceFaultCode.PermissionDenied, run.Current,
                $"User '{place.Settings.Username}' may read none of the tables in schema '{place.Schema}'. Needed: GRANT SELECT ON ALL TABLES IN SCHEMA."));
        try
        {
            await session.ExecuteAsync(
                $"SET LOCAL statement_timeout = {(int)readLimit.TotalMilliseconds}; SELECT 1 FROM {PostgresNames.Quote(place.Schema!)}.{PostgresNames.Quote(table)} LIMIT 1", readLimit, cancel);
            run.Pass(table);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.QueryCanceled)
        {
            run.Warn($"{table}: the first row took longer than {readLimit.TotalSeconds:0} s");
        }
        // Only this one view or foreign table is broken; data and operator errors have no place among those of the line.
        catch (PostgresException e) when (e.SqlState is not ['5' or '0', ..])
        {
            run.Warn($"{table}: could not be read (SQLSTATE {e.SqlState})");
        }
    }

    private async Task WriteAsync(TestRun run, CancellationToken cancel)
    {
        run.Begin(PostgresSteps.Write);
        var probe = $"{PostgresNames.Quote(place.Schema!)}.{PostgresNames.Quote($"_assay_probe_{RandomNumberGenerator.GetHexString(12, lowercase: true)}")}";
        try
        {
            // One transaction: whatever breaks in the middle, no probe stays behind.
            await session.ExecuteAsync(
                $"ROLLBACK; BEGIN READ WRITE; SET LOCAL statement_timeout = {(int)statementLimit.TotalMilliseconds}; CREATE TABLE {probe} (written integer); INSERT INTO {probe} VALUES (1); DROP TABLE {probe}; COMMIT",
                statementLimit, cancel);
            run.Pass("A table could be created, filled and dropped");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new SourceException(new SourceFault(SourceFaultCode.PermissionDenied, run.Current,
                $"User '{place.Settings.Username}' may not create tables in schema '{place.Schema}', which an enrichment datastore needs. Needed: GRANT USAGE, CREATE ON SCHEMA."), e);
        }
    }
}
