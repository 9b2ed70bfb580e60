using Assay.Bench.Profiles;
using Assay.Engine;
using Assay.Quality;
using Assay.Quality.Scanning;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Bench.Scans;

/// <summary>Times scans through the connectors against reading the same columns.</summary>
internal sealed record ScanRuns(IEngine Engine, ConnectorCatalogue Connectors)
{
    private const int Rounds = 3;
    private const double MostOfFloor = 2;
    private const double MostOfFirst = 0.1;

    /// <returns>Whether a hundred checks took at most twice the floor, and a further one at most a tenth of the first.</returns>
    public async Task<bool> CompareAsync(string name, SourceTarget target)
    {
        var container = (await new ProfileRuns(Engine, Connectors).ListAsync(target)).Single();
        var counts = new[] { 1, 10, 100 };
        var (floors, scans, broken, rows) = (new List<double>(), counts.ToDictionary(c => c, _ => new List<double>()), new List<double>(), 0L);
        await ScanAsync(target, container, 1); // the first statement of all starts the engine
        for (var round = 0; round < Rounds; round++)
        {
            floors.Add(await ProfileRuns.SecondsAsync(() => FloorAsync(target, container)));
            foreach (var count in counts) scans[count].Add(await ProfileRuns.SecondsAsync(async () => rows = await ScanAsync(target, container, count)));
            broken.Add(await ProfileRuns.SecondsAsync(() => ScanAsync(target, container, 100, failing: 10)));
        }
        var floor = Median(floors);
        var (one, ten, hundred) = (Median(scans[1]), Median(scans[10]), Median(scans[100]));
        var further = Math.Max(0, hundred - ten) / 90;
        Console.WriteLine($"{name}: {rows:N0} rows; floor {floor:F2} s, 1 check {one:F2} s, 10 checks {ten:F2} s, 100 checks {hundred:F2} s, 100 checks of which rows break ten {Median(broken):F2} s");
        Console.WriteLine($"  100 checks to the floor: {hundred / floor:F2} (goal: at most {MostOfFloor}); a further check to the first: {further / one:F4} (goal: at most {MostOfFirst})");
        return hundred / floor <= MostOfFloor && further / one <= MostOfFirst;
    }

    /// <param name="failing">How many of the checks on numbers are to fail on part of the rows.</param>
    private async Task<long> ScanAsync(SourceTarget target, ContainerStructure container, int checks, int failing = 0)
    {
        await using var rows = await OpenAsync(target, container);
        var outcome = await new Scanner(Engine).RunAsync(new ScanRequest
        {
            Rows = new Relation(container.Name, rows.Sql) { Bind = rows.Bind, Fields = [.. container.Fields.Select(f => new ContainerField(f.Name, Enum.Parse<Quality.FieldType>(f.Type.ToString())))] },
            Checks = [.. SimpleChecks.Of(container.Fields, checks, failing).Select(c => new ScanCheck(c))],
            Now = DateTimeOffset.UtcNow,
        }, default);
        if (outcome.Checks.FirstOrDefault(c => c.Result == Assertion.Unasserted) is { } other) throw new InvalidOperationException($"Check {other.CheckId}: {other.Result} {other.Details}");
        if (outcome.Checks.Count(c => c.Result == Assertion.Failed) != failing) throw new InvalidOperationException($"{outcome.Checks.Count(c => c.Result == Assertion.Failed)} checks failed in place of {failing}");
        return outcome.Records;
    }

    /// <summary>Every value of every column, and nothing done with it.</summary>
    private async Task FloorAsync(SourceTarget target, ContainerStructure container)
    {
        await using var rows = await OpenAsync(target, container);
        await Engine.ExecuteAsync(rows.Query($"SELECT count(), {string.Join(", ", container.Fields.Select(f => $"max({EngineName.Quote(f.Name)})"))} FROM ({rows.Sql})"));
    }

    private async Task<EngineRows> OpenAsync(SourceTarget target, ContainerStructure container) =>
        await (await ((IReadable)Connectors.Find(target.Connection.Type)!).DescribeReadAsync(target, new ContainerRead { Container = container }, default)).OpenAsync(Engine, default);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
