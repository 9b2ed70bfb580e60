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
        var (own, usual) = (training.Value(field), List(real));
        var isRare = $"{own.SureText} IN ({List(rare)})";
        var holds = others.Select(o => $"{training.Value(o).SureText} IN ({usual})").ToList();
        var counts = await training.FiguresOfAllAsync([.. holds.SelectMany(h => new[] { $"countIf({h})", $"groupUniqArrayIf({own.SureText}, {h} AND {isRare})" })], cancellation);
        var most = real.Sum(r => r.Count) / LeastRatio;
        for (var i = 0; i < others.Count; i++)
            if (Convert.ToInt64(counts[2 * i], null) <= most) moved.UnionWith(((IEnumerable<object?>)counts[2 * i + 1]!).OfType<string>());
        return moved;
    }

    private static string List(IEnumerable<ValueCount> values) => string.Join(", ", values.Select(v => EngineLiteral.Quote(v.Value)));
}
