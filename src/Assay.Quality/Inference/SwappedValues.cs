using Assay.Engine;
using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Rare values of a field that changed places: another field of the same row holds what is usual in this one, and hardly ever does otherwise.</summary>
internal static class SwappedValues
{
    private const int MostFields = 40;

    /// <summary>How much rarer the field's values are in the other field than in their own.</summary>
    private const int LeastRatio = 20;

    /// <param name="real">The field's usual values.</param>
    /// <param name="rare">Those that may have come from elsewhere.</param>
    public static async Task<IReadOnlySet<string>> OfAsync(
        TrainingRows training, FieldProfile field, IReadOnlyList<ValueCount> real, IReadOnlyList<ValueCount> rare, CancellationToken cancellation)
    {
        var moved = new HashSet<string>(StringComparer.Ordinal);
        var others = training.Profiles.Where(f => f != field && f.Type is not (FieldKind.Array or FieldKind.Struct)).Take(MostFields).ToList();
        if (others.Count == 0) return moved;
        var counts = training.Fetched is { } rows ? Figures(rows, field, others, real, rare)
            : await training.FiguresOfAllAsync([.. Figures(training, field, others, real, rare)], cancellation);
        var most = real.Sum(r => r.Count) / LeastRatio;
        for (var i = 0; i < others.Count; i++)
            if (Convert.ToInt64(counts[2 * i], null) <= most) moved.UnionWith(((IEnumerable<object?>)counts[2 * i + 1]!).OfType<string>());
        return moved;
    }

    /// <summary>Of each other field, in how many rows it holds what is usual in this one, and the rare values of this one there.</summary>
    private static IEnumerable<string> Figures(TrainingRows training, FieldProfile field, IReadOnlyList<FieldProfile> others, IReadOnlyList<ValueCount> real, IReadOnlyList<ValueCount> rare)
    {
        var (own, usual) = (training.Value(field), List(real));
        var isRare = $"{own.SureText} IN ({List(rare)})";
        return others.Select(o => $"{training.Value(o).SureText} IN ({usual})").SelectMany(h => new[] { $"countIf({h})", $"groupUniqArrayIf({own.SureText}, {h} AND {isRare})" });
    }

    private static IReadOnlyList<object?> Figures(FetchedRows rows, FieldProfile field, IReadOnlyList<FieldProfile> others, IReadOnlyList<ValueCount> real, IReadOnlyList<ValueCount> rare)
    {
        var own = rows[field];
        var (usual, slips) = (Texts(real), Texts(rare));
        return [.. others.SelectMany(o =>
        {
            var isUsual = rows[o].Places(usual.Contains);
            var held = Enumerable.Range(0, own.Rows.Count).Where(i => rows[o].Rows[i] is var place and not FetchedField.None && isUsual[place]).ToList();
            var moved = held.Select(i => own.Rows[i]).Where(place => place != FetchedField.None).Distinct().Select(own.Text).Where(slips.Contains);
            return new object?[] { (long)held.Count, moved.ToList() };
        })];
    }

    private static HashSet<string> Texts(IEnumerable<ValueCount> values) => values.Select(v => v.Value).ToHashSet(StringComparer.Ordinal);

    private static string List(IEnumerable<ValueCount> values) => string.Join(", ", values.Select(v => EngineLiteral.Quote(v.Value)));
}
