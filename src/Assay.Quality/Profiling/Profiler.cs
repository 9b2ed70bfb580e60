using Assay.Engine;
using Assay.Quality.Scanning;

namespace Assay.Quality.Profiling;

/// <summary>
/// Profiles the rows of a container: they are brought into the engine once, then a fixed number of statements is run on them there.
/// First those columns that hold few different values are grouped, and computed on here; then counts, bounds, lengths and moments of the others; with
/// those, quantiles, grouped values and relations between columns. Of few rows all values are fetched instead.
/// </summary>
public sealed class Profiler(IEngine engine)
{
    /// <param name="fields">The fields to profile; all of them are among the rows' columns.</param>
    /// <exception cref="EngineException">The rows could not be read, or the engine went down. What one field alone does wrong is told in its profile.</exception>
    public async Task<ContainerFields> RunAsync(RowsToProfile rows, IReadOnlyList<ProfileField> fields, ProfileOptions options, CancellationToken cancel)
    {
        await using var stage = await Stage.OpenAsync(engine, rows, fields, options, cancel);
        var notes = await JsonObjects.UnfoldAsync(engine, stage, fields, cancel);
        var families = fields.Select((f, i) => Columns.Of(f, stage, i)).ToList();
        foreach (var (position, note) in notes) families[position][0].Note = note;
        var columns = families.SelectMany(f => f).ToList();
        var every = columns.SelectMany(c => c.Element is null ? [c] : new[] { c, c.Element }).ToList();
        var statements = new ColumnStatements(engine, stage, options);
        var count = stage.Rows;
        var few = count <= options.FewRows;
        CountedValues counted = new([]);
        if (count > 0)
        {
            await TypeInference.RunAsync(statements, every, cancel);
            await ExactNumbers.RunAsync(statements, every, cancel);
            counted = few ? await FetchedValues.FetchAsync(engine, stage, every, cancel)
                : await GroupedValues.GroupAsync(statements, await FirstLook.RunAsync(statements, stage, every, options, cancel), count, cancel);
            counted.Sum();
            await statements.AggregateAsync(every.Where(c => !counted.Knows(c)), c => MainFigures.Of(c, distinct: !c.IsCounted && c.Guess is null && (!few || c.Relation != stage.Relation)), _ => MainFigures.StateBytes, "", cancel);
            await NumbersAsync(statements, every, count, counted, options, cancel);
        }
        // Side by side: a sample of rows is mostly waited for.
        var finding = new Relations(engine, options).FindAsync(stage, columns, count, counted as FetchedValues, cancel);
        await Task.WhenAll(finding, GroupAsync(statements, every, counted, options, cancel));
        var relations = await finding;
        return new ContainerFields(stage.Read, count, [.. families.Select(f => Result(f[0]) with { SubFields = [.. f.Skip(1).Select(Result)] })]) { Partitions = await PartitionsAsync(stage, cancel) };

        FieldProfile Result(Column c) => Results.Of(c, count, Sampling.Rows(count, options.QuantileRows), relations);
    }

    private static async Task GroupAsync(ColumnStatements statements, List<Column> columns, CountedValues counted, ProfileOptions options, CancellationToken cancel)
    {
        counted.Group(options);
        var groups = new Groups(options);
        for (var left = columns.FindAll(c => !c.IsCounted); left.Count > 0; left = left.FindAll(groups.Retries))
            await statements.RowsAsync(left, groups.Selects, groups.StateBytes, groups.Tune, groups.Take, cancel);
        foreach (var column in columns) groups.Complete(column);
    }

    private async Task<IReadOnlyList<PartitionRecords>?> PartitionsAsync(Stage stage, CancellationToken cancel)
    {
        if (stage.Partition is not { Name: var name }) return null;
        var counted = await engine.ListAsync(stage.Query($"SELECT toString({name}), toInt64(count()) FROM {stage.Relation} GROUP BY {name}"), cancel);
        return [.. counted.Select(r => new PartitionRecords(r.GetText(0)!, r.Get<long>(1))).OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    private static async Task NumbersAsync(ColumnStatements statements, IReadOnlyList<Column> columns, long rows, CountedValues counted, ProfileOptions options, CancellationToken cancel)
    {
        var numbers = columns.Where(c => c.IsNumber && c.Usable > 0).ToList();
        foreach (var column in numbers) Moments.Prepare(column);
        foreach (var column in numbers.Where(c => c.IsCounted)) counted.Measure(column);
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
