using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// Profiles the rows of a container: they are brought into the engine once, then a fixed number of statements is run on them there.
/// First counts, bounds, lengths and, of many rows, moments; with those, quantiles, grouped values and relations between columns.
/// </summary>
public sealed class Profiler(IEngine engine)
{
    private const int PivotRows = 10_000;

    /// <param name="fields">The fields to profile; all of them are among the rows' columns.</param>
    /// <exception cref="EngineException">The rows could not be read, or the engine went down. What one field alone does wrong is told in its profile.</exception>
    public async Task<ContainerFields> RunAsync(RowsToProfile rows, IReadOnlyList<ProfileField> fields, ProfileOptions options, CancellationToken cancel)
    {
        await using var stage = await Stage.OpenAsync(engine, rows, fields, options, cancel);
        var families = fields.Select((f, i) => Columns.Of(f, stage.Relation, i, stage.Types[i]).ToList()).ToList();
        var columns = families.SelectMany(f => f).ToList();
        var every = columns.SelectMany(c => c.Element is null ? [c] : new[] { c, c.Element }).ToList();
        var statements = new ColumnStatements(engine, stage, options);
        var count = stage.Rows;
        if (count > 0)
        {
            await TypeInference.RunAsync(statements, every, stage.Relation, cancel);
            if (count > options.QuantileRows)
                await statements.AggregateAsync(columns.Where(c => c.IsNumber), Moments.Pivot, _ => 1024, "", cancel, $"(SELECT * FROM {stage.Relation} LIMIT {PivotRows})");
            await statements.AggregateAsync(every, MainFigures.Of, _ => MainFigures.StateBytes, "", cancel);
            await NumbersAsync(statements, every, count, options, cancel);
            var groups = new Groups(options);
            await statements.RowsAsync(every, groups.Selects, groups.StateBytes, groups.Take, cancel);
            foreach (var column in every) groups.Complete(column);
        }
        var relations = await new Relations(engine, options).FindAsync(stage, columns, count, cancel);
        var sampled = Sampling.Rows(count, options.QuantileRows);
        return new ContainerFields(stage.Read, count, [.. families.Select(f => Results.Of(f[0], count, sampled, relations) with
        {
            SubFields = [.. f.Skip(1).Select(c => Results.Of(c, count, sampled, relations))],
        })]);
    }

    private static async Task NumbersAsync(ColumnStatements statements, IReadOnlyList<Column> columns, long rows, ProfileOptions options, CancellationToken cancel)
    {
        var numbers = columns.Where(c => c.IsNumber && c.Usable > 0).ToList();
        foreach (var column in numbers) Moments.Prepare(column);
        var sample = Sampling.Where(rows, options.QuantileRows);
        var bytes = Quantiles.StateBytes(Math.Min(rows, options.QuantileRows)) + Buckets.StateBytes;
        if (sample.Length == 0) await statements.AggregateAsync(numbers, c => [.. Moments.Of(c), .. Quantiles.Of(c), .. Buckets.Of(c)], _ => bytes, "", cancel);
        else
        {
            await statements.AggregateAsync(numbers.Where(Moments.IsMissing), Moments.Of, _ => 1024, "", cancel);
            await statements.AggregateAsync(numbers, c => [.. Quantiles.Of(c), .. Buckets.Of(c)], _ => bytes, sample, cancel);
        }
    }
}
