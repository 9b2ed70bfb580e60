using Assay.Engine;
using Assay.Quality.Profiling;
using Assay.Quality.Rules;
using Assay.Quality.Scanning;

namespace Assay.Quality.Inference;

/// <summary>
/// Tells exceptions that are errors from those that are real. An error strikes one row in one place, whatever else the row holds; a real exception
/// follows from what the row is about, and so another field knows of it: all rows of an overseas territory lie far off, all matches that were
/// not played have neither score, or the same number stands in the row once more. Exceptions most of which another field explains are none: the check is
/// made for the other rows, widened to them, or not made.
/// </summary>
internal sealed class Explanations(IEngine engine, TrainingRows training)
{
    /// <summary>More rows are not grouped by every field.</summary>
    private const int MostRows = 5_000_000;

    private const int MostFields = 40;

    /// <summary>Rows that stand alone in a field of few values say something where hardly any do; of other fields only rows of a kind, or without a value, speak.</summary>
    private const double MostAlone = 0.002;

    /// <summary>Which rows break the candidates, where there are few rows.</summary>
    private BrokenRows? broken;

    /// <returns>The candidates, with those in the place of others that say no more than the rows do.</returns>
    public async Task<IReadOnlyList<Candidate>> ApplyAsync(IReadOnlyList<Candidate> candidates, DescribedRelation rows, CancellationToken cancellation)
    {
        if (training.Rows > MostRows) return candidates;
        List<(Candidate Candidate, string Broken)> doubtful = [];
        foreach (var candidate in candidates.Where(c => c.Allowed > 0 && !c.ReadsAll))
            if (await BrokenAsync(candidate, rows, cancellation) is { } condition) doubtful.Add((candidate, condition));
        if (doubtful.Count == 0) return candidates;
        var better = new Dictionary<Candidate, Candidate?>(ReferenceEqualityComparer.Instance);
        broken = training.Fetched is null ? null : await BrokenRows.FetchAsync(engine, training, doubtful, cancellation);
        foreach (var repeated in await RepeatedAsync(doubtful, cancellation)) better[repeated] = repeated.Wider;
        foreach (var field in training.Profiles.Where(f => f.Type is not (FieldKind.Array or FieldKind.Struct) && (f.ApproximateDistinctValues > 1 || f.Completeness is > 0 and < 1)).Take(MostFields))
            foreach (var (explained, instead) in await ByAsync(field, [.. doubtful.Where(d => !better.ContainsKey(d.Candidate))], cancellation)) better[explained] = instead;
        return [.. candidates.Select(c => better.TryGetValue(c, out var instead) ? instead : c).OfType<Candidate>()];
    }

    /// <summary>The condition of rows that break it; null for rules that compare rows with each other.</summary>
    private async Task<string?> BrokenAsync(Candidate candidate, DescribedRelation rows, CancellationToken cancellation)
    {
        if (RuleCatalogue.Find(candidate.Check.Rule) is not RecordRule rule) return null;
        var plan = new CheckPlan(new ScanCheck(candidate.Check), rule, new CheckScope(candidate.Check, rows.Relation.Name));
        await new PlanBuilder(engine, new ScanRequest { Rows = rows.Relation, Checks = [plan.Source], Now = training.Request.Now }, rows).PrepareAsync(plan, rows.Relation.Bind, cancellation);
        return plan.Broken;
    }

    /// <summary>Numbers that stand in the same row once more: no slip is made twice.</summary>
    private async Task<IEnumerable<Candidate>> RepeatedAsync(List<(Candidate Candidate, string Broken)> doubtful, CancellationToken cancellation)
    {
        // Numbers may also lie in text, where a word slipped in.
        var numbers = training.Profiles.Where(f => f.Type is FieldKind.Integral or FieldKind.Fractional || training.Near.TryGetValue(f.Name, out var near) && near.Kind is FieldKind.Integral or FieldKind.Fractional).ToList();
        var ranges = doubtful.Where(d => d.Candidate.Check.Rule == "between").Select(d => (d.Candidate, d.Broken, Own: numbers.First(n => n.Name == d.Candidate.Check.Fields[0]))).ToList();
        var counts = broken is not null ? [.. ranges.SelectMany(r => broken.Repeated(r.Candidate, r.Own, numbers))]
            : await training.FiguresOfAllAsync([.. ranges.SelectMany(r => new[] { $"countIf({r.Broken})", $"countIf({r.Broken} AND ({Again(r.Own)}))" })], cancellation);
        return ranges.Where((_, i) => IsMost(counts[2 * i + 1], counts[2 * i])).Select(r => r.Candidate);

        string Again(FieldProfile own) => string.Join(" OR ", numbers.Where(n => n != own).Select(n => $"ifNull({Number(own)} = {Number(n)}, 0)").DefaultIfEmpty("0"));
        string Number(FieldProfile field) => $"toFloat64({training.Value(field).Number})";
    }

    /// <summary>Candidates most of whose exceptions make up whole groups of the field, each with what is to be made in its place.</summary>
    private async Task<IEnumerable<(Candidate Candidate, Candidate? Instead)>> ByAsync(FieldProfile field, List<(Candidate Candidate, string Broken)> doubtful, CancellationToken cancellation)
    {
        var others = doubtful.Where(d => !d.Candidate.Check.Fields.Contains(field.Name) && d.Candidate.Check.Properties.Text("field_name") != field.Name).ToList();
        if (others.Count == 0) return [];
        var found = broken is not null ? broken.GroupBy(field, [.. others.Select(o => o.Candidate)])
            : BrokenGroups.Of(await training.FiguresFromAsync(BrokenGroups.Figures(others.Count), BrokenGroups.From(training, field, [.. others.Select(d => d.Broken)]), cancellation));
        return others.Zip(found.Groups, (d, of) => IsMost(of.Unset, of.Broken) ? (d.Candidate, (Candidate?)Where(d.Candidate, field, of.Broken - of.Unset, found.Rows - found.Missing))
            : IsMost(of.Unset + of.OfAKind + (found.Alone <= MostAlone * found.Rows ? of.Single : 0), of.Broken) ? (d.Candidate, d.Candidate.Wider) : default).Where(e => e.Candidate is not null);
    }

    /// <summary>The candidate for rows that have a value in the field which explains its exceptions.</summary>
    private static Candidate Where(Candidate candidate, FieldProfile field, long broken, long rows)
    {
        var narrowed = candidate with { Check = candidate.Check with { Filter = $"{SparkName.Quote(field.Name)} IS NOT NULL" }, What = $"{candidate.What} where {field.Name} has a value", Allowed = 0, Exceptions = null };
        return narrowed.But(broken, rows, "where it has one, nearly all rows keep it");
    }

    private static bool IsMost(object? part, object? of) => Convert.ToInt64(of, null) is > 0 and var all && 2 * Convert.ToInt64(part, null) >= all;
}
