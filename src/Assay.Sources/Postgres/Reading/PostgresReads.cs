using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Npgsql;

namespace Assay.Sources.Postgres.Reading;

/// <summary>
/// Reads a table through Assay's own checked and encrypted session: one COPY, whose bytes flow untouched into the engine (PostgreSQL's
/// COPY text is the engine's TSV). The source sees one sequential statement in a read-only transaction, whatever is computed afterwards; of a
/// large table one for each range of its blocks, all in one snapshot.
/// </summary>
internal sealed class PostgresReads(PostgresDoor door, PostgresFaultLog faults, SourcesOptions options)
{
    /// <summary>How COPY prints, and what the engine is told of it.</summary>
    private const string Printing = "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL standard_conforming_strings = on; SET LOCAL bytea_output = 'hex'";

    /// <summary>How long a server may take to obey, or to end a statement whose time is up, before its line is dropped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<string, object> Parsing = new()
    {
        ["bool_true_representation"] = "t",
        ["bool_false_representation"] = "f",
        ["input_format_tsv_empty_as_default"] = 0,
        ["input_format_tsv_detect_header"] = 0,
    };

    public EngineSource Describe(PostgresPlace place, ContainerRead read, TimeSpan statementTimeout)
    {
        var columns = StagedColumns.Chosen(read, PostgresSteps.Rows).Select((field, i) => PostgresColumn.Of(field, i)).ToList();
        var copy = PostgresCopy.Statement(place, read, columns);
        var staged = new StagedColumns([.. columns.Select(c => c.Column)], read);
        return new StagedSource(staged.OfEngine, "TSV", Parsing, (output, cancel) => CopyAsync(place, copy, read.Query, statementTimeout, output, cancel), staged.SelectAsync)
        {
            Bytes = staged.Bytes,
            Types = staged.Types,
            Ranges = read is { Query: null, Partitions: null, RowLimit: null, After: null } && options.RangesAtOnce > 1 && staged.Bytes >= 2 * options.RangeBytes
                ? cancel => RangesAsync(place, read, columns, statementTimeout, cancel) : null,
        };
    }

    private async Task<RangedRead?> RangesAsync(PostgresPlace place, ContainerRead read, IReadOnlyList<PostgresColumn> columns, TimeSpan timeout, CancellationToken cancel)
    {
        if (await PostgresRanges.OpenAsync(door, place, read.Container.Name, options.RangesAtOnce, options.RangeBytes, timeout, cancel) is not { } ranges) return null;
        return new RangedRead([.. ranges.Select(r => (Func<Stream, CancellationToken, Task>)((output, stop) =>
            CopyAsync(r.Session, place, PostgresCopy.Statement(place, read, columns, r.Range), null, timeout, output, stop)))], async () =>
        {
            foreach (var (session, _) in ranges) await session.DisposeAsync();
        });
    }

    private async Task CopyAsync(PostgresPlace place, string copy, string? query, TimeSpan timeout, Stream output, CancellationToken cancel)
    {
        PostgresSession session;
        try
        {
            session = await door.OpenReadingAsync(place.Settings, place.Database, timeout, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(e, PostgresSteps.Rows, place), e);
        }
        try
        {
            await CopyAsync(session, place, copy, query, timeout, output, cancel);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
        // A request to stop may still be on its way to it, and a user's query may have left anything behind.
        if (cancel.IsCancellationRequested || query is not null) await session.DisposeAsync();
        else await door.LeaveAsync(place.Settings, place.Database, session);
    }

    /// <param name="session">In a transaction that reads.</param>
    private async Task CopyAsync(PostgresSession session, PostgresPlace place, string copy, string? query, TimeSpan timeout, Stream output, CancellationToken cancel)
    {
        // A cancelled COPY only drops the line, which the server notices with the next bytes it sends: so it is asked to stop, and the line
        // is dropped where that does not help.
        using var cut = new CancellationTokenSource(timeout + Patience);
        var (stopped, process) = (Task.CompletedTask, session.Connection.ProcessID);
        await using var asking = cancel.Register(() =>
        {
            cut.CancelAfter(Patience);
            stopped = StopAsync(place, process);
        });
        try
        {
            await session.ExecuteAsync(query is null ? Printing : $"{Printing}; SET LOCAL search_path = {PostgresNames.Quote(place.Schema!)}", timeout, cancel);
            // COPY would run whatever statements stand in its text; describing refuses all but one.
            if (query is not null) await PostgresQuery.DescribeAsync(session, query, timeout, cancel);
            using (var reader = await session.Connection.BeginTextExportAsync(session.KnowsNoEncoding ? copy + PostgresCopy.AsItIs : copy, cancel))
            {
                // The reader would decode and the engine would have to be sent it encoded again; the stream below it holds COPY's own bytes.
                await GatheredCopy.RunAsync(((StreamReader)reader).BaseStream, output, cut.Token);
            }
            await session.ExecuteAsync("COMMIT", timeout, cancel);
        }
        catch (Exception e) when ((e is NpgsqlException or TimeoutException || e is OperationCanceledException && cut.IsCancellationRequested) && !cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(e, PostgresSteps.Rows, place), e);
        }
        finally
        {
            await stopped;
        }
    }

    /// <summary>The columns of a user's own SELECT.</summary>
    public Task<IReadOnlyList<FieldStructure>> DescribeAsync(PostgresPlace place, string query, TimeSpan timeout, CancellationToken cancel) =>
        WithinAsync(place, timeout, session => PostgresQuery.DescribeAsync(session, query, timeout, cancel), cancel);

    /// <summary>How many rows there are.</summary>
    public Task<long> CountAsync(PostgresPlace place, ContainerRead read, TimeSpan timeout, CancellationToken cancel) =>
        WithinAsync(place, timeout, session => PostgresQuery.CountAsync(session, PostgresCopy.Relation(place, read), timeout, cancel), cancel);

    /// <summary>Does something in a session of its own, where names without a schema mean the place's.</summary>
    private async Task<T> WithinAsync<T>(PostgresPlace place, TimeSpan timeout, Func<PostgresSession, Task<T>> work, CancellationToken cancel)
    {
        try
        {
            await using var session = await door.OpenReadingAsync(place.Settings, place.Database, timeout, cancel);
            await session.ExecuteAsync($"{Printing}; SET LOCAL search_path = {PostgresNames.Quote(place.Schema!)}", timeout, cancel);
            return await work(session);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(e, PostgresSteps.Rows, place), e);
        }
    }

    /// <summary>Has the server stop what a session of ours is doing.</summary>
    private async Task StopAsync(PostgresPlace place, int process)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await using var session = await door.OpenAsync(place.Settings, place.Database, patience.Token);
            await session.ExecuteAsync($"SELECT pg_cancel_backend({process.ToString(System.Globalization.CultureInfo.InvariantCulture)})", Patience, patience.Token);
        }
        catch (Exception e) when (e is SourceException or NpgsqlException or OperationCanceledException)
        {
            // Then the server finds out by itself that nobody listens any more.
        }
    }
}
