using System.Globalization;
using System.Text;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// The values of columns that hold few different ones among many rows, grouped by the engine: grouping a column takes it about as long
/// as counting its distinct values alone, and everything else about the column follows from the groups.
/// </summary>
internal sealed class GroupedValues : CountedValues
{
    /// <summary>Where there are more different values than expected, grouping stops here.</summary>
    private const int Most = 16_384;
    private const int KeyBytes = 64;

    private GroupedValues(IEnumerable<CountedColumn> columns) : base(columns)
    {
    }

    /// <param name="columns">Those that a sample says hold few different values.</param>
    /// <param name="rows">Rows of the relation.</param>
    public static async Task<GroupedValues> GroupAsync(ColumnStatements statements, IEnumerable<Column> columns, long rows, CancellationToken cancel)
    {
        var counted = columns.Select(CountedColumn.For).ToDictionary(c => c.Column);
        await statements.TryRowsAsync(counted.Keys, (c, i) => [Select(counted[c], i)], c => Most * (KeyBytes + (c.IsText ? Groups.ShownCharacters : 0)),
            query => query.WithSetting("max_rows_to_group_by", Most).WithSetting("group_by_overflow_mode", "break"), (c, row) => Take(counted[c], row), cancel);
        // Of one with too many different or too long values, or that the engine could not write, not all rows came.
        return new GroupedValues(counted.Values.Where(c => c.Rows == rows && !c.IsLong));
    }

    /// <summary>By what was staged, which is converted once for each different value.</summary>
    private static string Select(CountedColumn counted, int position)
    {
        var (c, (whole, text, real)) = (counted.Column, counted.Written);
        var where = EngineTypes.IsText(c.Bare) ? $" WHERE ifNull(length({c.Raw}) <= {Groups.ShownCharacters}, 1)" : "";
        return $"SELECT {position} AS i, isNotNull({c.Raw}) AS p, CAST({whole ?? "NULL"}, 'Nullable(Int64)') AS w, CAST({text ?? "NULL"}, 'Nullable(String)') AS t, toFloat64({real ?? "nan"}) AS r, count() AS n "
            + $"FROM {c.Relation}{where} GROUP BY {c.Raw}";
    }

    private static void Take(CountedColumn counted, EngineRow row)
    {
        var text = row[3] switch { string value => Encoding.UTF8.GetBytes(value), byte[] bytes => bytes, _ => null };
        counted.Add(Convert.ToBoolean(row[1], CultureInfo.InvariantCulture), new WrittenValue
        {
            IsNull = row[2] is null && text is null,
            Whole = row[2] is long whole ? whole : 0,
            Text = text,
            Real = row[4] is double real ? real : double.NaN,
        }, Cells.Long(row[5]));
    }
}
