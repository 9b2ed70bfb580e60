using System.Data.Common;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Sql.Reading;

/// <summary>
/// Reads a table through Assay's own session: one sequential SELECT in a read-only transaction, whose rows are streamed into the engine as
/// they come; of a large table, where the source is good at that, one for each range of its key.
/// </summary>
internal sealed class SqlReads(SqlSource source, Func<SqlPlace, CancellationToken, Task<SqlSession>> open, SqlFaultLog faults, SourcesOptions options)
{
    public EngineSource Describe(SqlPlace place, ContainerRead read, TimeSpan statementTimeout)
    {
        var dialect = source.DialectOf(place);
        var columns = StagedColumns.Chosen(read, SqlSteps.Rows).Select(dialect.Column).ToList();
        var select = SqlSelect.Write(dialect, place, read, columns);
        var staged = new StagedColumns([.. columns.Select(c => c.Column)], read);
        return new StagedSource(staged.OfEngine, "RowBinary", new Dictionary<string, object>(),
            (output, cancel) => CopyAsync(place, select, columns, read.PartitionColumn is not null, statementTimeout, output, cancel), staged.SelectAsync)
        {
            Bytes = staged.Bytes,
            Types = staged.Types,
            Ranges = source.ReadsRanges && read is { Query: null, Partitions: null, PartitionColumn: null, RowLimit: null, After: null } && options.RangesAtOnce > 1
                && staged.Bytes / options.RangeBytes is > 1 and var worth && KeyRanges.KeyOf(read.Container) is { } key
                ? cancel => RangesAsync(place, read, columns, key.Name, (int)Math.Min(worth, options.RangesAtOnce), statementTimeout, cancel) : null,
        };
    }

    private async Task CopyAsync(
        SqlPlace place, SqlStatement select, List<SqlColumn> columns, bool partition, TimeSpan timeout, Stream output, CancellationToken cancel)
    {
        await using var session = await open(place, cancel);
        await GuardedAsync(place, () => source.BeginReadingAsync(session, timeout, cancel), cancel);
        await CopyAsync(session, place, select, columns, partition, timeout, output, cancel);
    }

    /// <summary>Sessions that begin to read at nearly the same moment. No two read the same row, unless its key changes in between.</summary>
    private async Task<RangedRead?> RangesAsync(SqlPlace place, ContainerRead read, List<SqlColumn> columns, string key, int most, TimeSpan timeout, CancellationToken cancel)
    {
        var sessions = new List<SqlSession>();
        try
        {
            while (sessions.Count < most && await JoinAsync(sessions.Count > 0) is { } session) sessions.Add(session);
            foreach (var session in sessions) await GuardedAsync(place, () => source.BeginReadingAsync(session, timeout, cancel), cancel);
            IReadOnlyList<KeyRange> ranges = [];
            var dialect = source.DialectOf(place);
            if (sessions.Count > 1) await GuardedAsync(place, async () => ranges = await KeyRanges.OfAsync(sessions[0], dialect, place, read.Container.Name, key, sessions.Count, timeout, cancel), cancel);
            if (ranges.Count == 0) return null;
            var opened = sessions;
            sessions = [];
            return new RangedRead([.. ranges.Zip(opened, (range, session) => (Func<Stream, CancellationToken, Task>)((output, stop) =>
                CopyAsync(session, place, SqlSelect.Write(dialect, place, read, columns, range), columns, false, timeout, output, stop)))], () => CloseAsync(opened));
        }
        finally
        {
            await CloseAsync(sessions);
        }

        async Task<SqlSession?> JoinAsync(bool perhaps)
        {
            try
            {
                return await open(place, cancel);
            }
            catch (SourceException) when (perhaps)
            {
                return null; // the server lets no more in
            }
        }
    }

    private static async ValueTask CloseAsync(IReadOnlyList<SqlSession> sessions)
    {
        foreach (var session in sessions) await session.DisposeAsync();
    }

    /// <param name="session">In a transaction that reads.</param>
    private Task CopyAsync(SqlSession session, SqlPlace place, SqlStatement select, List<SqlColumn> columns, bool partition, TimeSpan timeout, Stream output, CancellationToken cancel) =>
        GuardedAsync(place, async () =>
        {
            var (writer, dialect) = (new RowBinaryWriter(output), source.DialectOf(place));
            await foreach (var row in session.RowsAsync(select, timeout, cancel))
            {
                for (var i = 0; i < columns.Count; i++)
                    dialect.Write(writer, row, i, columns[i]);
                if (partition) SqlRowWriter.Write(writer, row, columns.Count, SqlValueKind.Text, FieldType.String);
                await writer.EndRowAsync(cancel);
            }
            await writer.FlushAsync(cancel);
        }, cancel);

    private async Task GuardedAsync(SqlPlace place, Func<Task> action, CancellationToken cancel)
    {
        try
        {
            await action();
        }
        // What the engine throws while it is written to is not the source's fault and passes as it is.
        catch (Exception e) when (e is DbException or TimeoutException or InvalidCastException or OverflowException or FormatException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(source, e, SqlSteps.Rows, place), e);
        }
    }
}
