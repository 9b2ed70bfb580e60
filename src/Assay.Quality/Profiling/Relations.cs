using System.Buffers.Binary;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// Correlations and linear models between the numeric columns of a container, over rows where both have a value. The sample's numbers
/// are fetched once as plain doubles; what pairs need is then cheap.
/// </summary>
internal sealed class Relations(IEngine engine, ProfileOptions options)
{
    /// <summary>Numbers fetched at most: 32 MB of them. Beyond, fewer rows are taken.</summary>
    private const int MostNumbers = 4 << 20;
    /// <summary>The strongest that are kept of a field.</summary>
    public const int MostPerField = 50;
    private const int LeastRows = 3;
    private const int RowsAtOnce = 512;

    public async Task<ILookup<Column, Relation>> FindAsync(Stage stage, IReadOnlyList<Column> columns, long rows, FetchedValues? fetched, CancellationToken cancel)
    {
        var numbers = columns.Where(c => c.IsNumber && c.Message is null && c.Relation == stage.Relation && Buckets.Width(c) is not null).ToList();
        if (numbers.Count < 2 || rows < LeastRows) return Array.Empty<Relation>().ToLookup(r => r.Column);
        if (fetched is not null && rows <= options.CorrelationRows && numbers.All(fetched.Has)) return Pairs(numbers, [.. numbers.Select(fetched.Numbers)]).ToLookup(r => r.Column);
        var wanted = Math.Min(options.CorrelationRows, MostNumbers / numbers.Count);
        var values = await FetchAsync(stage, numbers, Sampling.Where(rows, wanted), cancel);
        return Pairs(numbers, values).ToLookup(r => r.Column);
    }

    private IEnumerable<Relation> Pairs(List<Column> columns, double[][] values)
    {
        for (var i = 0; i < columns.Count; i++)
            for (var j = i + 1; j < columns.Count; j++)
                if (PairSums.Of(values[i], values[j]) is { Count: >= LeastRows } sums && sums.Correlation is { } r && Math.Abs(r) >= options.Correlation)
                {
                    yield return Relation.Of(columns[i], columns[j], r, sums.Turned());
                    yield return Relation.Of(columns[j], columns[i], r, sums);
                }
    }

    private async Task<double[][]> FetchAsync(Stage stage, List<Column> columns, string where, CancellationToken cancel)
    {
        var sql = $"SELECT {string.Join(", ", columns.Select((c, i) => $"ifNull({c.Real}, nan) AS r{i}"))} FROM {stage.Relation}{where}";
        await using var stream = await engine.DownloadAsync(stage.Query(sql).WithSetting("max_query_size", 64 << 20), "RowBinary", cancel);
        var values = columns.Select(_ => new List<double>()).ToArray();
        var width = columns.Count * sizeof(double);
        var rows = new byte[RowsAtOnce * width];
        for (var read = rows.Length; read == rows.Length;)
        {
            read = await stream.ReadAtLeastAsync(rows, rows.Length, throwOnEndOfStream: false, cancel);
            for (var row = 0; row + width <= read; row += width)
                for (var i = 0; i < values.Length; i++) values[i].Add(BinaryPrimitives.ReadDoubleLittleEndian(rows.AsSpan(row + i * sizeof(double))));
        }
        return [.. values.Select(v => v.ToArray())];
    }
}

/// <summary>How one column goes with another.</summary>
internal sealed record Relation(Column Column, Column Other, FieldCorrelation Correlation, FieldRegression? Regression)
{
    public static Relation Of(Column column, Column other, double r, PairSums sums) =>
        new(column, other, new FieldCorrelation(other.Name, r), sums.Regression is { } model
            ? new FieldRegression(other.Name, model.Intercept, model.Slope, r * r, model.Error) : null);
}
