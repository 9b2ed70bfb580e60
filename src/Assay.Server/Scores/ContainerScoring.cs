using Assay.Quality.Scores;

namespace Assay.Server.Scores;

/// <summary>Makes the scores of one container and its fields out of what is known of them.</summary>
/// <param name="covered">Active checks by container and field.</param>
/// <param name="open">The container's open anomalies.</param>
/// <param name="watched">Containers with active checks of timeliness or volumetrics.</param>
internal sealed class ContainerScoring(
    ContainerFacts container, ILookup<long, FieldFigures> profiles, IReadOnlyDictionary<(long Container, string Field), long> covered,
    IReadOnlyList<AnomalyFacts> open, IReadOnlySet<(long Container, Dimension Dimension)> watched)
{
    public ContainerScore Make(IReadOnlyList<FieldFacts> fields)
    {
        // What was neither scanned nor profiled in that time has no score, rather than a bad one.
        if (container.Scans == 0 && fields.All(f => f.Completeness is null)) return Nothing(fields);
        var scored = fields.Select(OfField).ToList();
        var weights = WeightedMean.Weights([.. fields.Select(f => f.Modifiers)]);
        var dimensions = new DimensionScores(d => d switch
        {
            Dimension.Timeliness or Dimension.Volumetrics => Watched(d),
            // Checks cover what scans assert: one scan reaches as much as one check.
            Dimension.Coverage => Mean(d) * ScoreCurves.Reached(container.Scans),
            _ => Mean(d),
        });
        return new ContainerScore(container.Id, TotalScore.Of(dimensions, container.Weights), dimensions, scored);

        double? Mean(Dimension dimension) => WeightedMean.Of(scored.Select((f, i) => (f.Dimensions[dimension], weights[i])));
    }

    private FieldResult OfField(FieldFacts field)
    {
        var dimensions = new DimensionScores(d => d switch
        {
            Dimension.Completeness => field.Completeness * 100,
            Dimension.Coverage => ScoreCurves.Coverage(covered.GetValueOrDefault((container.Id, field.Name))),
            Dimension.Consistency => Consistency.Of([.. profiles[field.Id]]),
            Dimension.Timeliness or Dimension.Volumetrics => Watched(d),
            _ => InOrder(field.Name, d),
        });
        return new FieldResult(field.Id, TotalScore.Of(dimensions, container.Weights), dimensions);
    }

    // Checks that name no field speak of all of them.
    private double? InOrder(string field, Dimension dimension)
    {
        if (container.Scans == 0) return null;
        var of = open.Where(a => a.Dimension == dimension && (a.Field is null || a.Field == field)).ToList();
        return ScoreCurves.InOrder(of.Sum(a => a.Records), container.Scanned, container.Records, of.Sum(a => a.Uncounted));
    }

    private double? Watched(Dimension dimension) => container.Scans > 0 && watched.Contains((container.Id, dimension))
        ? ScoreCurves.AfterAnomalies(open.Where(a => a.Dimension == dimension).Sum(a => a.Anomalies)) : null;

    private ContainerScore Nothing(IReadOnlyList<FieldFacts> fields)
    {
        var nothing = new DimensionScores(_ => null);
        return new ContainerScore(container.Id, null, nothing, [.. fields.Select(f => new FieldResult(f.Id, null, nothing))]);
    }
}
