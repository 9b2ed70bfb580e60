using Assay.Engine;
using Assay.Quality.Scanning;

namespace Assay.Quality.Inference;

/// <summary>
/// Finds checks that the rows speak for: candidates are made from one part of the rows and kept when they hold on the other. The parts are
/// told apart by the rows' values, so that the same rows always give the same checks.
/// </summary>
public sealed class Inferrer(IEngine engine)
{
    /// <summary>From this level on fields are compared with keys of other containers.</summary>
    public const int ReferenceLevel = 4;

    private const int Slots = 1000;

    /// <summary>Infers checks; none from fewer than 30 rows.</summary>
    /// <exception cref="EngineException">The rows could not be read.</exception>
    public async Task<IReadOnlyList<InferredCheck>> RunAsync(InferenceRequest request, CancellationToken cancellation)
    {
        if (request.Level <= 0 || request.Profile.Rows < TrainingRows.LeastRows) return [];
        using var hold = engine.Hold();
        var rows = await DescribedRelation.OfAsync(engine, request.Rows, cancellation);
        if (!rows.Fields.Any()) return [];
        var share = Math.Min(request.TestShare, (double)request.TestRows / request.Profile.Rows);
        var held = $"cityHash64({string.Join(", ", rows.Fields.Select(f => $"ifNull(toString({rows.Value(f.Name).Sql}), '')"))}) % {Slots} < {Math.Max(1, (int)(share * Slots))}";
        var training = new TrainingRows(engine, request, rows, $"NOT ({held})");
        training.Fetched = await FetchedRows.FetchAsync(engine, training, [], cancellation);
        training.Near = await NearTypes.OfAsync(training, cancellation);

        var candidates = new List<Candidate>();
        foreach (var source in Sources) candidates.AddRange(await source(training, cancellation));
        var wanted = candidates.Where(c => c.Level <= request.Level).ToList();
        var typed = rows.With(request.Rows with { Fields = [.. Typed(request)] });
        var unexplained = await new Explanations(engine, training).ApplyAsync(wanted, typed, cancellation);
        var test = typed.With(typed.Relation with { Sql = $"SELECT * FROM ({request.Rows.Sql}) WHERE {held}" });
        var kept = await new CandidateTest(engine, request).RunAsync(unexplained, test, cancellation);
        return [.. Overlaps.Remove([.. kept.Select(k => k.Candidate)]).Select(c => Inferred(c, kept.First(k => k.Candidate == c)))];
    }

    private static readonly Func<TrainingRows, CancellationToken, Task<IReadOnlyList<Candidate>>>[] Sources =
    [
        PresenceCandidates.OfAsync, TypeCandidates.OfAsync, CategoryCandidates.OfAsync, RangeCandidates.OfAsync, TimeCandidates.OfAsync, PatternCandidates.OfAsync,
        UniqueCandidates.OfAsync, DuplicateCandidates.OfAsync, DependencyCandidates.OfAsync, FieldPairCandidates.OfAsync, PredictionCandidates.OfAsync, ReferenceCandidates.OfAsync,
    ];

    private InferredCheck Inferred(Candidate candidate, (Candidate Candidate, long Rows, long Broken) test) => new(
        candidate.Check,
        string.Join(' ', new[]
        {
            $"{candidate.What}.",
            test.Rows == 0 ? null : $"Held on {test.Rows - test.Broken} of {test.Rows} rows that it was not made from.",
            candidate.Exceptions is { } but ? $"{but}." : null,
        }.OfType<string>()),
        candidate.Level);

    /// <summary>The fields with the types that the profile found, where the source declares none.</summary>
    private static IEnumerable<ContainerField> Typed(InferenceRequest request)
    {
        var found = request.Profile.Fields.ToDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal);
        return request.Rows.Fields.Select(f => found.TryGetValue(f.Name, out var type) ? f with { Type = Enum.Parse<FieldType>(type.ToString()) } : f);
    }
}
