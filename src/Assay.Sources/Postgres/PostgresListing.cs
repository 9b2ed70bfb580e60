using System.Runtime.CompilerServices;
using Assay.Sources.Contract;
using Npgsql;
using NpgsqlTypes;

namespace Assay.Sources.Postgres;

/// <summary>
/// Lists a schema, or many of them, in seven statements, whatever their size: begin, two settings, the schemas, the types, the containers, the end.
/// All of them see the same state of the database.
/// </summary>
internal sealed class PostgresListing(PostgresDoor door, PostgresFaultLog faults)
{
    private static readonly string[] tables = ["r", "p", "f"];
    private static readonly string[] views = ["v", "m"];

    public async IAsyncEnumerable<ContainerStructure> ReadAsync(
        PostgresPlace place, ListOptions options, TimeSpan statementTimeout, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var (_, container) in ReadAsync(place, options, statementTimeout, FindAsync, cancel)) yield return container;

        async Task<uint[]> FindAsync(PostgresSession session) => [await PostgresSchema.FindAsync(session, place, statementTimeout, cancel)];
    }

    /// <summary>Lists many schemas of a database in the same seven statements.</summary>
    public async IAsyncEnumerable<SharedListingItem> ReadAllAsync(
        PostgresPlace place, IReadOnlyList<string> schemas, ListOptions options, TimeSpan statementTimeout, [EnumeratorCancellation] CancellationToken cancel)
    {
        Dictionary<string, (uint Id, SourceFault? Fault)> found = [];
        Dictionary<uint, string> open = [];
        uint? current = null;
        await foreach (var (id, container) in ReadAsync(place, options, statementTimeout, FindAsync, cancel))
        {
            // Rows come schema by schema, so the first of another one is the last word on this.
            if (current is { } before && before != id && open.Remove(before, out var complete)) yield return new SharedListingItem(complete, null);
            current = id;
            yield return new SharedListingItem(open[id], container);
        }
        if (current is { } last && open.Remove(last, out var final)) yield return new SharedListingItem(final, null);
        foreach (var name in open.Values) yield return new SharedListingItem(name, null);
        foreach (var (name, schema) in found)
            if (schema.Fault is { } fault) yield return new SharedListingItem(name, null, fault);

        async Task<uint[]> FindAsync(PostgresSession session)
        {
            found = await PostgresSchema.FindAllAsync(session, place, schemas, statementTimeout, cancel);
            open = found.Where(f => f.Value.Fault is null).ToDictionary(f => f.Value.Id, f => f.Key);
            return [.. open.Keys];
        }
    }

    /// <param name="find">Finds the object ids of the schemas, within the transaction that lists them.</param>
    private async IAsyncEnumerable<(uint Schema, ContainerStructure Container)> ReadAsync(
        PostgresPlace place, ListOptions options, TimeSpan statementTimeout, Func<PostgresSession, Task<uint[]>> find, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var session = await door.OpenAsync(place.Settings, place.Database, cancel);
        var rows = await Guarded(() => StartAsync(session, options, statementTimeout, find, cancel));
        var complete = false;
        try
        {
            while (await Guarded(() => rows.NextAsync(cancel)) is { } container)
                yield return (rows.Schema, container);
            await Guarded(async () =>
            {
                await session.ExecuteAsync("COMMIT", statementTimeout, cancel);
                return complete = true;
            });
        }
        finally
        {
            // Whoever stops listening early must not wait until the server has sent the rest.
            if (!complete)
                rows.Cancel();
            await rows.DisposeAsync();
        }

        async Task<T> Guarded<T>(Func<Task<T>> action)
        {
            try
            {
                return await action();
            }
            catch (Exception e) when (e is not SourceException && !cancel.IsCancellationRequested)
            {
                throw new SourceException(faults.Of(e, PostgresSteps.List, place), e);
            }
        }
    }

    private static async Task<PostgresContainerReader> StartAsync(
        PostgresSession session, ListOptions options, TimeSpan timeout, Func<PostgresSession, Task<uint[]>> find, CancellationToken cancel)
    {
        await session.BeginReadingAsync(timeout, cancel);
        var schemas = await find(session);
        var types = await PostgresTypes.ReadAsync(session, timeout, cancel);
        string[] kinds = [.. options.Tables ? tables : [], .. options.Views ? views : []];
        var command = session.Command(PostgresListingSql.Containers, timeout,
            new NpgsqlParameter { Value = schemas.Select(id => (long)id).ToArray() },
            new NpgsqlParameter { Value = kinds },
            new NpgsqlParameter { Value = options.Names?.Where(PostgresSettings.CanBeName).ToArray() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return await PostgresContainerReader.StartAsync(command, types, cancel);
    }
}
