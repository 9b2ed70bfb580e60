using System.Data.Common;
using System.Security.Cryptography;
using Assay.Sources.Contract;
using Assay.Sources.Probing;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Sql;

/// <summary>The steps of a test that look at rights: may the user see the schema, list and read what is in it, write to it.</summary>
internal sealed class SqlRights(SqlSource source, SqlSession session, SqlPlace place, TimeSpan statementLimit)
{
    /// <summary>To read a row may mean to compute a view; that is worth a warning soon rather than a verdict late.</summary>
    private static readonly TimeSpan readLimit = TimeSpan.FromSeconds(2);

    /// <summary>How many tables are tried until one may be read.</summary>
    private const int Tries = 5;

    /// <exception cref="Exception">The step under way failed: a fault of its own or the driver's.</exception>
    public async Task CheckAsync(TestRun run, TestIntent intent, CancellationToken cancel)
    {
        // A connection alone, without a datastore, names no database: then the sign-in is all there is to test.
        if (place.Database is null && place.Schema is null && source.Spec.CatalogLevels.Count > 0)
        {
            run.Skip(SqlSteps.Schema, "No schema was named");
            return;
        }
        run.Begin(SqlSteps.Schema);
        await source.BeginReadingAsync(session, statementLimit, cancel);
        run.Pass(await SqlScope.CheckAsync(source, session, place, statementLimit, cancel) ?? place.Schema ?? place.Database ?? "The database");

        run.Begin(SqlSteps.List);
        var (count, first) = await NamesAsync(cancel);
        run.Pass(count == 1 ? "1 table or view" : $"{count} tables and views");

        if (count == 0) run.Skip(SqlSteps.Read, "The schema is empty");
        else await ReadOneAsync(run, first, cancel);
        if (intent.ForWriting) await WriteAsync(run, cancel);
    }

    private async Task<(int Count, List<string> First)> NamesAsync(CancellationToken cancel)
    {
        var (count, first) = (0, new List<string>());
        await foreach (var row in session.RowsAsync(source.CatalogueOf(place).Names(place), statementLimit, cancel))
        {
            if (source.CatalogueOf(place).KindOf(row.Name(1)) is null) continue;
            if (++count <= Tries) first.Add(row.Name(0));
        }
        return (count, first);
    }

    private async Task ReadOneAsync(TestRun run, List<string> tables, CancellationToken cancel)
    {
        run.Begin(SqlSteps.Read);
        SourceFault? denied = null;
        foreach (var table in tables)
        {
            try
            {
                await foreach (var _ in session.RowsAsync(new SqlStatement(source.DialectOf(place).Limited($"SELECT 1 FROM {source.DialectOf(place).Table(place, table)}", 1)), readLimit, cancel)) { }
                run.Pass(table);
                return;
            }
            catch (DbException e) when (!cancel.IsCancellationRequested)
            {
                switch (source.FaultOf(e, run.Current, place))
                {
                    case { Code: SourceFaultCode.PermissionDenied } fault:
                        denied = fault;
                        continue;
                    case { Code: SourceFaultCode.TimedOut }:
                        run.Warn($"{table}: the first row took longer than {readLimit.TotalSeconds:0} s");
                        return;
                    // Only this one view or foreign table is broken.
                    case { Code: SourceFaultCode.SourceError or SourceFaultCode.NotFound } fault:
                        run.Warn($"{table}: could not be read. {fault.Message}");
                        return;
                    default:
                        throw;
                }
            }
        }
        throw new SourceException(denied! with
        {
            Message = $"User '{place.User}' may not read {(tables.Count < Tries ? "any of the tables" : $"the first {Tries} tables")} in '{place.Schema ?? place.Database}'. Needed: the right to SELECT.",
        });
    }

    private async Task WriteAsync(TestRun run, CancellationToken cancel)
    {
        run.Begin(SqlSteps.Write);
        await source.EndReadingAsync(session, statementLimit, cancel);
        var probe = source.DialectOf(place).Table(place, $"_assay_probe_{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        await session.ExecuteAsync(new SqlStatement($"CREATE TABLE {probe} (written {source.DialectOf(place).IntegerType})"), statementLimit, cancel);
        try
        {
            await session.ExecuteAsync(new SqlStatement($"INSERT INTO {probe} VALUES (1)"), statementLimit, cancel);
        }
        finally
        {
            // Not cancelled with the test: what it left behind has to go all the same.
            await session.ExecuteAsync(new SqlStatement($"DROP TABLE {probe}"), statementLimit, CancellationToken.None);
        }
        run.Pass("A table could be created, filled and dropped");
    }
}
