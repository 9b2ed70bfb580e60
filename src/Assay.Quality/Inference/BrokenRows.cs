using Assay.Engine;
using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Which of few rows break candidates, with the values of those rows: fetched by one statement, since the order of rows may differ between two.</summary>
internal sealed class BrokenRows
{
    private readonly FetchedRows rows;
    private readonly Dictionary<Candidate, List<int>> broken = new(ReferenceEqualityComparer.Instance);

    private BrokenRows(FetchedRows rows, IReadOnlyList<(Candidate Candidate, string Broken)> candidates)
    {
        this.rows = rows;
        foreach (var (candidate, flags) in candidates.Zip(rows.Flags, (c, flags) => (c.Candidate, flags)))
            broken[candidate] = [.. Enumerable.Range(0, flags.Count).Where(i => flags[i])];
    }

    /// <returns>Null where they cannot be fetched.</returns>
    public static async Task<BrokenRows?> FetchAsync(IEngine engine, TrainingRows training, IReadOnlyList<(Candidate Candidate, string Broken)> candidates, CancellationToken cancellation) =>
        await FetchedRows.FetchAsync(engine, training, [.. candidates.Select(c => c.Broken)], cancellation) is { } rows ? new(rows, candidates) : null;

    /// <summary>How many rows break a candidate, and in how many of them another number field holds the field's number.</summary>
    public IEnumerable<object?> Repeated(Candidate candidate, FieldProfile own, IReadOnlyList<FieldProfile> numbers)
    {
        var others = numbers.Where(n => n != own).Select(n => rows[n]).ToList();
        yield return broken[candidate].Count;
        yield return broken[candidate].Count(i => others.Exists(o => Number(o, i) == Number(rows[own], i)));
    }

    public BrokenGroups GroupBy(FieldProfile field, IReadOnlyList<Candidate> candidates)
    {
        // Rows without a value are the last group.
        var (places, count) = (rows[field].Rows, rows[field].Counts.Count);
        var missing = places.LongCount(p => p == FetchedField.None);
        return BrokenGroups.Of([.. rows[field].Counts.Select(c => c.Count), .. missing > 0 ? [missing] : Array.Empty<long>()], missing > 0 ? count : -1, candidates.Select(c =>
        {
            var groups = new long[count + (missing > 0 ? 1 : 0)];
            foreach (var row in broken[c]) groups[places[row] == FetchedField.None ? count : places[row]]++;
            return groups;
        }));
    }

    /// <summary>NaN, which equals nothing, where there is none.</summary>
    private static double Number(FetchedField field, int row) => field.Rows[row] is var place and not FetchedField.None ? field.Numbers[place] : double.NaN;
}
