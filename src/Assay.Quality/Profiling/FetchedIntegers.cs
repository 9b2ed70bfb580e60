using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Assay.Quality.Profiling;

/// <summary>Whole numbers of up to 64 bits.</summary>
internal sealed class FetchedIntegers(Column column) : FetchedColumn(column)
{
    private static readonly HashSet<string> Types = ["Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32"];

    private readonly Dictionary<long, long> counts = [];
    private readonly List<double> reals = [];

    public override bool KnowsMain => true;

    public override IReadOnlyList<double> Numbers => reals;

    protected override IEnumerable<string> Values => [$"toNullable(toInt64({Column.Value}))"];

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

    protected override bool TakeValue(ref ReadOnlySpan<byte> rows)
    {
        if (rows[0] != 0)
        {
            reals.Add(double.NaN);
            rows = rows[1..];
            return false;
        }
        var value = BinaryPrimitives.ReadInt64LittleEndian(rows[1..]);
        rows = rows[(1 + sizeof(long))..];
        reals.Add(value);
        CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;
        return true;
    }
}
