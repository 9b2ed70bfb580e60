using Assay.Quality.Tests.Testing;
using Assay.Testing.Npm;

namespace Assay.Quality.Tests.Inference.Detection;

/// <summary>Real data with injected errors: what checks inferred from the broken rows themselves find of them.</summary>
public sealed class DetectionTests(QualityEngine engine)
{
    /// <param name="level">The level of inference.</param>
    /// <param name="recall">The least share of the wrong cells that are to be flagged.</param>
    /// <param name="precision">The least share of the flagged cells that are wrong; a row that is there twice is flagged with its twin, so without those.</param>
    /// <param name="kinds">Kinds of errors nearly all of which are to be found.</param>
    [Theory]
    [InlineData("airports.csv", "CSVWithNames", 2, 0.12, 0.99, "")]
    [InlineData("seattle-weather.csv", "CSVWithNames", 2, 0.25, 0.99, "typo")]
    [InlineData("birdstrikes.csv", "CSVWithNames", 2, 0.2, 0.99, "outlier")]
    [InlineData("movies.json", "JSONEachRow", 2, 0.08, 0.99, "")]
    [InlineData("airports.csv", "CSVWithNames", 5, 0.8, 0.9, "missing,outlier,duplicate")]
    [InlineData("seattle-weather.csv", "CSVWithNames", 5, 0.85, 0.95, "typo,missing,duplicate")]
    [InlineData("birdstrikes.csv", "CSVWithNames", 5, 0.8, 0.9, "swap,missing,outlier")]
    [InlineData("movies.json", "JSONEachRow", 5, 0.4, 0.8, "")]
    public async Task Run_InjectedErrors_AreFound(string file, string format, int level, double recall, double precision, string kinds)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var clean = await TextTable.ReadAsync(engine.Engine, NpmPackages.VegaPath(file), format, cancel);
        var (rows, errors) = new ErrorInjector(1).Break(clean.Rows, 0.05);
        using var dirty = new TextTable(engine.Engine, clean.Names, rows);

        var flagged = await dirty.FlaggedAsync(level, cancel);

        double Found(string? kind) => errors.Count(e => (kind ?? e.Value) == e.Value && flagged.Contains(e.Key)) / (double)errors.Count(e => (kind ?? e.Value) == e.Value);
        var certain = flagged.Where(f => f.Any(rule => rule != "unique")).ToList();
        var right = certain.Count(f => errors.ContainsKey(f.Key)) / (double)certain.Count;
        var wrong = certain.Where(f => !errors.ContainsKey(f.Key)).Select(f => $"{clean.Names[f.Key.Column]}={rows[f.Key.Row][f.Key.Column]} by {string.Join('+', f.Distinct())}").Take(20);
        var figures = $"recall {Found(null):F2} ({string.Join(", ", ErrorInjector.Kinds.Select(k => $"{k} {Found(k):F2}"))}), precision {right:F2}; wrongly {string.Join(", ", wrong)}";
        TestContext.Current.TestOutputHelper?.WriteLine($"{file} {level}: {figures}");
        Found(null).ShouldBeGreaterThanOrEqualTo(recall, figures);
        right.ShouldBeGreaterThanOrEqualTo(precision, figures);
        foreach (var kind in kinds.Split(',', StringSplitOptions.RemoveEmptyEntries)) Found(kind).ShouldBeGreaterThan(0.9, $"{kind}: {figures}");
    }
}
