using System.Diagnostics;
using Assay.Engine;
using Assay.Quality.Profiling;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Bench.Profiles;

/// <summary>Times profiles through the connectors against their floor.</summary>
internal sealed record ProfileRuns(IEngine Engine, ConnectorCatalogue Connectors)
{
    public const int Rounds = 5;
    /// <summary>Rounds before those that count: both runtimes, Assay's and the engine host's, compile what they need while it runs, as they do in a server's first minute.</summary>
    public const int Warming = 3;

    public async Task<IReadOnlyList<ContainerStructure>> ListAsync(SourceTarget target)
    {
        var found = new List<ContainerStructure>();
        await foreach (var container in Connectors.Find(target.Connection.Type)!.ListContainersAsync(target, new ListOptions(), default)) found.Add(container);
        return found;
    }

    public async Task<ContainerFields> ProfileAsync(SourceTarget target, ContainerStructure container)
    {
        var source = await ((IReadable)Connectors.Find(target.Connection.Type)!).DescribeReadAsync(target, new ContainerRead { Container = container }, default);
        await using var rows = await source.OpenAsync(Engine, default);
        var input = new RowsToProfile(rows.Sql, rows.Bind, rows.IsStaged)
        {
            InMemory = rows.InMemory,
            Rows = rows.IsStaged ? rows.Rows : container.Rows,
            Types = rows.Types,
            Bytes = container.Kind == ContainerKind.File ? container.Partitions.Sum(p => p.Size) : null,
            CountSql = rows.CountSql,
        };
        return await new Profiler(Engine).RunAsync(input, Fields(container), new ProfileOptions(), default);
    }

    /// <summary>Profiles the only container of a place and prints the ratio to its floor.</summary>
    /// <param name="floor">What the engine reads by itself for the floor; null to read through the connector, where the engine has no way of its own.</param>
    /// <param name="pushdown">The one-statement form at the source.</param>
    /// <returns>Seconds that the profile took.</returns>
    public async Task<double> CompareAsync(string name, SourceTarget target, string? floor, Func<Task>? pushdown = null, Func<EngineQuery, EngineQuery>? bind = null)
    {
        var container = (await ListAsync(target)).Single();
        var aggregates = string.Join(", ", container.Fields.Select(f => EngineName.Quote(f.Name)).Select(n => $"count({n}), min({n}), max({n})"));
        var (profiles, floors, rows) = (new List<double>(), new List<double>(), 0L);
        for (var round = 0; round < Warming + Rounds; round++)
        {
            floors.Add(await SecondsAsync(() => FloorAsync(target, container, floor, aggregates, bind)));
            profiles.Add(await SecondsAsync(async () => rows = (await ProfileAsync(target, container)).Rows));
        }
        var (mine, bare) = (Median(profiles[Warming..]), Median(floors[Warming..]));
        Console.WriteLine($"{name}: {rows:N0} rows profiled in {mine:F2} s ({rows / mine:N0} rows/s; the first round, before everything is compiled, {profiles[0]:F2} s), floor {bare:F2} s, ratio {mine / bare:F2}");
        if (pushdown is not null && await SecondsAsync(pushdown) is var pushed) Console.WriteLine($"  pushed down as one statement: {pushed:F2} s, {pushed / mine:F1} times as long");
        Console.WriteLine($"  peak memory: engine {PeakMemory.Megabytes("assay-engine")} MB, Assay {PeakMemory.Megabytes(null)} MB");
        return mine;
    }

    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task FloorAsync(SourceTarget target, ContainerStructure container, string? floor, string aggregates, Func<EngineQuery, EngineQuery>? bind)
    {
        if (floor is not null)
        {
            var query = new EngineQuery($"SELECT {aggregates} FROM {floor}");
            await Engine.ExecuteAsync(bind is null ? query : bind(query));
            return;
        }
        var source = await ((IReadable)Connectors.Find(target.Connection.Type)!).DescribeReadAsync(target, new ContainerRead { Container = container }, default);
        await using var rows = await source.OpenAsync(Engine, default);
        await Engine.ExecuteAsync(rows.Query($"SELECT {aggregates} FROM ({rows.Sql})"));
    }

    private static List<ProfileField> Fields(ContainerStructure container) =>
        [.. container.Fields.Select(f => new ProfileField(f.Name, Enum.Parse<FieldKind>(f.Type.ToString()), false, f.ElementType is { } element ? Enum.Parse<FieldKind>(element.ToString()) : null))];

    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
