using System.Globalization;
using System.Runtime.InteropServices;

namespace Assay.Quality.Profiling;

/// <summary>Whole numbers of up to 64 bits.</summary>
internal sealed class CountedIntegers(Column column) : CountedColumn(column)
{
    private static readonly HashSet<string> Types = ["Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32"];

    private readonly Dictionary<long, long> counts = [];

    public override bool KnowsMain => true;

    public override (string? Whole, string? Text, string? Real) Written => ($"toInt64({Column.Value})", null, null);

    public override NumberCounts Numbers => NumberCounts.Of([.. counts.Keys.Select(v => (double)v)], [.. counts.Values]);

    public static bool Fits(Column c) => c.Kind == FieldKind.Integral && (Types.Contains(c.Bare) || c.Inferred);

    public override void Sum()
    {
        base.Sum();
        Column.Usable = counts.Values.Sum();
        if (Column.Usable == 0) return;
        var (least, greatest) = (counts.Keys.Min(), counts.Keys.Max());
        (Column.Min, Column.Max, Column.MinReal, Column.MaxReal) = (least, greatest, least, greatest);
        Column.Sum = counts.Aggregate(Int128.Zero, (sum, v) => sum + (Int128)v.Key * v.Value);
    }

    public override List<(string Value, long Count)> Group(int shown) =>
        [.. counts.Select(v => (counts.Count > shown ? "" : v.Key.ToString(CultureInfo.InvariantCulture), v.Value))];

    protected override void Count(in WrittenValue value, long rows) => CollectionsMarshal.GetValueRefOrAddDefault(counts, value.Whole, out _) += rows;
}
