using Assay.Quality.Expressions;
using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>In how many of the training rows one field is less than, equal to or greater than another one.</summary>
/// <param name="Overlap">Rows whose value of the second field lies within the middle of the first one's.</param>
internal sealed record FieldPairFigures(long Less, long Equal, long Greater, long Overlap)
{
    public const int Count = 4;

    private const double Low = 0.05, High = 0.95;

    /// <summary>Larger whole numbers are not all exact as doubles.</summary>
    private const double MostExact = 1L << 53;

    public static IEnumerable<string> Sql(TrainingRows training, FieldProfile a, FieldProfile b)
    {
        var times = FieldPairCandidates.IsTime(a);
        string Sql(FieldProfile f) => times ? training.Value(f).Time : training.Value(f).Number;
        var (x, y) = (Sql(a), Sql(b));
        var (low, high) = (FormattableString.Invariant($"(SELECT quantile({Low})({Real(x, times)}) FROM {training.All.From})"), FormattableString.Invariant($"(SELECT quantile({High})({Real(x, times)}) FROM {training.All.From})"));
        return [$"countIf({x} < {y})", $"countIf({x} = {y})", $"countIf({x} > {y})", $"countIf({Real(y, times)} >= {low} AND {Real(y, times)} <= {high})"];
    }

    public static FieldPairFigures Of(IReadOnlyList<object?> values, int at) =>
        new(Convert.ToInt64(values[at], null), Convert.ToInt64(values[at + 1], null), Convert.ToInt64(values[at + 2], null), Convert.ToInt64(values[at + 3], null));

    /// <returns>Null where the values cannot be compared here without loss.</returns>
    public static FieldPairFigures? Of(FetchedRows rows, TrainingRows training, FieldProfile a, FieldProfile b)
    {
        if (Values(rows[a], training, a) is not { } first || Values(rows[b], training, b) is not { } second) return null;
        double[] sorted = [.. first.Where(v => !double.IsNaN(v)).Order()];
        if (sorted.Length == 0) return new(0, 0, 0, 0);
        var (low, high) = (Spread.Quantile(sorted, Low), Spread.Quantile(sorted, High));
        var pairs = first.Zip(second).Where((_, i) => rows.Training[i]).ToList();
        return new(pairs.LongCount(p => p.First < p.Second), pairs.LongCount(p => p.First == p.Second), pairs.LongCount(p => p.First > p.Second), pairs.LongCount(p => p.Second >= low && p.Second <= high));
    }

    /// <summary>A field's numbers or times row by row, NaN where there is none.</summary>
    private static double[]? Values(FetchedField field, TrainingRows training, FieldProfile profile)
    {
        var isExact = FieldPairCandidates.IsTime(profile) || training.Value(profile).Type.Kind is SqlKind.Float or SqlKind.Double or SqlKind.Integer;
        var distinct = FieldPairCandidates.IsTime(profile) ? [.. field.Times.Select(t => t ?? double.NaN)] : field.Numbers;
        if (!isExact || training.Value(profile).Type.Kind == SqlKind.Integer && distinct.Exists(v => Math.Abs(v) > MostExact)) return null;
        return [.. field.Rows.Select(place => place == FetchedField.None ? double.NaN : distinct[place])];
    }

    private static string Real(string sql, bool times) => times ? $"toUnixTimestamp64Milli({sql})" : $"toFloat64({sql})";
}
