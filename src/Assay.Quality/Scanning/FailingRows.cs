using Assay.Engine;

namespace Assay.Quality.Scanning;

/// <summary>Fetches rows that break rules: all of those that become anomalies, examples of the others. One pass, which ends when all are found.</summary>
internal sealed class FailingRows(IEngine engine, DescribedRelation rows, Func<EngineQuery, EngineQuery> bind)
{
    /// <summary>A row that failed.</summary>
    /// <param name="Record">The row as JSON.</param>
    /// <param name="Failed">All of the plans that it fails, by their place in the list.</param>
    /// <param name="Plan">The plan that it was fetched for.</param>
    /// <param name="Partition">The partition, or null.</param>
    public sealed record Found(string Record, IReadOnlyList<int> Failed, int Plan, string? Partition);

    /// <param name="plans">Failed checks of rules on rows.</param>
    /// <param name="most">How many rows are wanted of each check.</param>
    /// <param name="cancellation">Stops the statement.</param>
    public async IAsyncEnumerable<Found> FetchAsync(
        IReadOnlyList<CheckPlan> plans, long most, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (plans.Count == 0) yield break;
        // How many rows there are to find is known, so that the pass can stop at the last of them.
        var total = plans.Sum(p => Math.Min(p.Failures, most));
        var conditions = plans.Select(p => p.Row!.Filter == "1" ? $"({p.Broken})" : $"({p.Row.Filter} AND {p.Broken})").ToList();
        var failed = $"arrayFilter((i, b) -> b, [{string.Join(", ", plans.Select((_, i) => $"toInt32({i})"))}], [{string.Join(", ", conditions.Select(c => $"toBool({c})"))}])";
        var (all, one) = (rows.Unused("_assay_failed"), rows.Unused("_assay_plan"));
        var sql = $"SELECT {RecordJson.Write(rows)}, {all}, {one}, {(rows.Partition is { } partition ? $"toString({partition})" : "NULL")} FROM ("
            + $"SELECT *, {failed} AS {all}, arrayJoin({all}) AS {one} FROM {rows.From} WHERE {string.Join(" OR ", conditions)} LIMIT {most} BY {one} LIMIT {total})";
        await foreach (var row in engine.QueryAsync(bind(ScanStatement.Of(sql)), cancellation))
        {
            yield return new Found(
                row.GetText(0)!, [.. ((IEnumerable<object?>)row[1]!).Select(i => Convert.ToInt32(i, null))], Convert.ToInt32(row[2], null), row[3] as string);
        }
    }
}
