using Assay.Engine;
using Assay.Quality;
using Assay.Quality.Computed.Fields;
using Assay.Server.Connections;
using Assay.Server.Containers.Computed;
using Assay.Server.Datastores;
using Assay.Server.Store;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Reading;

/// <summary>
/// <c>Assay.Server.Reading.ContainerReader</c>: the one way from a stored container to rows that the engine can compute on. Profiles
/// and scans use it alike: it opens the connection's secrets, asks the connector how the container is read, and lets the engine read
/// or stage it. Dispose the rows after the last statement on them: what was staged goes with them.
/// </summary>
internal sealed class ContainerReader(IDbContextFactory<AssayDb> contexts, ConnectionDesk connections, ConnectorCatalogue connectors, IEngine engine, ComputedFieldRows computedFields, TimeProvider clock)
{
    /// <returns>The container with its datastore, fields and partitions; null where either is gone or deleted.</returns>
    public async Task<StoredContainer?> FindAsync(long containerId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await StoredContainer.FindAsync(db, containerId, cancel);
    }

    /// <summary>Makes a container's rows readable. Their columns are named as the fields, computed ones among them.</summary>
    /// <param name="shape">Restricts the read; what it is given holds the readable fields and every row.</param>
    /// <param name="progress">Told how many rows have arrived, about twice a second, where they are staged.</param>
    /// <param name="faults">Takes the computed fields that cannot be computed on these rows: their values are NULL.</param>
    /// <exception cref="SourceException">The source refused or cannot be read; the message is safe to show.</exception>
    /// <exception cref="EngineException">The engine failed, or failed to read the source by itself; <see cref="ReadProblem"/> puts it into words.</exception>
    public async Task<EngineRows> OpenAsync(
        StoredContainer stored, Func<ContainerRead, ContainerRead> shape, CancellationToken cancel, IProgress<long>? progress = null,
        ICollection<(string Field, FormulaFault Fault)>? faults = null)
    {
        var read = shape(new ContainerRead { Container = stored.Structure, Empty = stored.Row.TreatEmptyAsNull ? EmptyCells.Null : EmptyCells.Text });
        var demand = ComputedFieldDemand.Of(stored, read.Columns);
        var rows = await OpenSourceAsync(stored, read with { Columns = demand.OfSource }, cancel, progress);
        return demand.Formulas.Count == 0 ? rows : await computedFields.AddAsync(stored, demand, rows, read.PartitionColumn, faults, cancel);
    }

    private async Task<EngineRows> OpenSourceAsync(StoredContainer stored, ContainerRead read, CancellationToken cancel, IProgress<long>? progress)
    {
        if (stored.Definition is { IsNative: false } definition)
        {
            var computed = await ComputeAsync(definition, null, cancel, progress);
            return EngineRows.Over(ComputedRows.Restricted(computed.Sql, read), [computed]);
        }
        var target = await TargetAsync(stored.Datastore, cancel);
        var source = await Readable(stored.Datastore).DescribeReadAsync(target, read with { Query = stored.Definition?.Query }, cancel);
        return await source.OpenAsync(progress is null ? engine : new WatchedEngine(engine, progress), cancel);
    }

    /// <summary>The rows of a container that the engine computes from others, of which only the first so many rows are read.</summary>
    /// <exception cref="ClauseException">A clause of the definition cannot be meant.</exception>
    public Task<EngineRows> OpenComputedAsync(ComputedDefinition definition, long inputRows, CancellationToken cancel) => ComputeAsync(definition, inputRows, cancel, null);

    /// <summary>The columns of a SELECT in the source's own SQL.</summary>
    public async Task<IReadOnlyList<ContainerField>> DescribeQueryAsync(Datastore datastore, string query, CancellationToken cancel) =>
        [.. (await Readable(datastore).DescribeQueryAsync(await TargetAsync(datastore, cancel), query, cancel)).Select(f => new ContainerField(
            f.Name, Enum.Parse<Quality.FieldType>(f.Type.ToString()), f.ElementType is { } element ? Enum.Parse<Quality.FieldType>(element.ToString()) : null, f.NativeType))];

    private async Task<EngineRows> ComputeAsync(ComputedDefinition definition, long? inputRows, CancellationToken cancel, IProgress<long>? progress)
    {
        var inputs = new List<(StoredContainer Container, EngineRows Rows)>();
        try
        {
            foreach (var id in definition.Inputs)
            {
                var input = await FindAsync(id, cancel) ?? throw new SourceException(new SourceFault(SourceFaultCode.NotFound, "read rows", $"The container that this one is computed from (id {id}) is deleted."));
                inputs.Add((input, await OpenAsync(input, read => read with { RowLimit = inputRows }, cancel, progress)));
            }
            var clause = ComputedRows.Write(definition, inputs, clock.GetUtcNow());
            return clause.Fault is null ? EngineRows.Over(clause.Sql, [.. inputs.Select(i => i.Rows)]) : throw new ClauseException(clause.Member!, clause.Fault);
        }
        catch
        {
            foreach (var (_, rows) in inputs) await rows.DisposeAsync();
            throw;
        }
    }

    private IReadable Readable(Datastore datastore) => connectors.Find(datastore.Type) as IReadable
        ?? throw new SourceException(new SourceFault(SourceFaultCode.Unsupported, "read rows", $"Rows of {datastore.Type} datastores cannot be read."));

    /// <summary>Whether rows of a datastore can be read at all.</summary>
    public bool CanRead(Datastore datastore) => connectors.Find(datastore.Type) is IReadable;

    /// <summary>Whether each row's partition can be told: of files always, of tables where the source does.</summary>
    public bool TellsPartitions(StoredContainer stored) => stored.Row.ContainerType == "file"
        || (stored.Row.ContainerType == "table" && stored.Partitions.Count > 0 && connectors.Find(stored.Datastore.Type) is IReadable { TellsPartitions: true });

    /// <summary>Whether a container's source takes <see cref="ContainerRead.Share"/>; what the engine computes from others has none.</summary>
    public bool CanSample(StoredContainer stored) => stored.Definition is null or { IsNative: true } && connectors.Find(stored.Datastore.Type) is IReadable { CanSample: true };

    /// <summary>Counts a container's rows at its source; null where the source does not do that, or not in time.</summary>
    public async Task<long?> CountAsync(StoredContainer stored, CancellationToken cancel)
    {
        try
        {
            return await Readable(stored.Datastore).CountAsync(await TargetAsync(stored.Datastore, cancel), new ContainerRead { Container = stored.Structure, Query = stored.Definition?.Query }, cancel);
        }
        catch (SourceException)
        {
            // Whatever it is, reading will tell, or succeed all the same.
            return null;
        }
    }

    private async Task<SourceTarget> TargetAsync(Datastore datastore, CancellationToken cancel) =>
        new(await connections.SettingsAsync(datastore.ConnectionId, cancel), datastore.Scope);
}
