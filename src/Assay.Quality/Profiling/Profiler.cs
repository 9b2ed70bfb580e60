using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// Profiles the rows of a container: they are brought into the engine once, then a fixed number of statements is run on them there.
/// First counts, bounds, lengths and moments; with those, quantiles, grouped values and relations between columns. Of few
/// rows the values are fetched instead, and computed on here.
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
        FetchedValues? fetched = null;
        if (count > 0)
        {
            await TypeInference.RunAsync(statements, every, stage.Relation, cancel);
            if (count > options.QuantileRows)
                await statements.AggregateAsync(columns.Where(c => c.IsNumber), Moments.Pivot, _ => 1024, "", cancel, $"(SELECT * FROM {stage.Relation} LIMIT {PivotRows})");
            var few = count <= options.FewRows;
            if (few) fetched = await FetchedValues.FetchAsync(engine, stage, every, cancel);
            fetched?.Sum();
            await statements.AggregateAsync(every.Where(c => fetched?.Knows(c) != true), c => MainFigures.Of(c, distinct: !few || c.Relation != stage.Relation), _ => MainFigures.StateBytes, "", cancel);
            await NumbersAsync(statements, every, count, fetched, options, cancel);
            fetched?.Group(options);
            var groups = new Groups(options);
            await statements.RowsAsync(every.Where(c => fetched?.Has(c) != true), groups.Selects, groups.StateBytes, groups.Take, cancel);
            foreach (var column in every) groups.Complete(column);
        }
        var relations = await new Relations(engine, options).FindAsync(stage, columns, count, fetched, cancel);
        var sampled = Sampling.Rows(count, options.QuantileRows);
        return new ContainerFields(stage.Read, count, [.. families.Select(f => Results.Of(f[0], count, sampled, relations) with
        {
            SubFields = [.. f.Skip(1).Select(c => Results.Of(c, count, sampled, relations))],
        })]);
    }

    private static async Task NumbersAsync(ColumnStatements statements, IReadOnlyList<Column> columns, long rows, FetchedValues? fetched, ProfileOptions options, CancellationToken cancel)
    {
        var numbers = columns.Where(c => c.IsNumber && c.Usable > 0).ToList();
        foreach (var column in numbers) Moments.Prepare(column);
        foreach (var column in numbers.Where(c => fetched?.Has(c) == true)) fetched!.Measure(column);
        await statements.AggregateAsync(numbers.Where(c => c.Quantiles is not null && Moments.IsMissing(c)), Moments.Of, _ => 1024, "", cancel);
        numbers.RemoveAll(c => c.Quantiles is not null);
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
