using System.Globalization;
using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Files.Schema.Text;

/// <summary>
/// Tells whether numbers in the first record name columns, as those of pivoted tables do beside a column with a word for a name: years in
/// order over values that are no years, or a run of whole numbers such as the days of a month.
/// </summary>
internal static class CountedNames
{
    private const int LeastYears = 2, LeastRun = 6;

    public static bool Are(IReadOnlyList<(string Text, ValueKind Kind)> first, IReadOnlyList<IReadOnlyList<(string Text, ValueKind Kind)>> below)
    {
        var columns = Enumerable.Range(0, first.Count).Where(i => CellLooks.IsValue(CellLooks.Of(first[i]))).ToList();
        if (columns.Count == first.Count || Numbers(first, columns) is not { } numbers) return false;
        return (numbers.Count >= LeastYears && numbers.TrueForAll(IsYear) && InOrder(numbers) && columns.TrueForAll(c => !HoldsYears(below, c)))
            || (IsRun(numbers) && !(below.Count > 0 && Numbers(below[0], columns) is { } next && IsRun(next)));
    }

    /// <returns>Null where a cell is none.</returns>
    private static List<long>? Numbers(IReadOnlyList<(string Text, ValueKind Kind)> record, List<int> columns) =>
        columns.TrueForAll(c => c < record.Count && record[c].Kind == ValueKind.Integral)
            ? columns.ConvertAll(c => long.Parse(record[c].Text, NumberStyles.Integer, CultureInfo.InvariantCulture))
            : null;

    private static bool IsYear(long number) => number is >= 1800 and <= 2100;

    private static bool InOrder(List<long> numbers) => numbers.Zip(numbers.Skip(1)).All(p => p.First < p.Second) || numbers.Zip(numbers.Skip(1)).All(p => p.First > p.Second);

    private static bool IsRun(List<long> numbers) => numbers.Count >= LeastRun && numbers.Zip(numbers.Skip(1)).All(p => p.Second == p.First + 1);

    private static bool HoldsYears(IReadOnlyList<IReadOnlyList<(string Text, ValueKind Kind)>> below, int column)
    {
        var values = below.Where(r => column < r.Count && r[column].Kind != ValueKind.Null).ToList();
        var years = values.Count(r => Numbers(r, [column]) is [var number] && IsYear(number));
        return years > 0 && years * 2 >= values.Count;
    }
}
