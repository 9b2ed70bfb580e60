using Assay.Quality.Rules;

namespace Assay.Quality.Scanning;

/// <summary>Makes one anomaly of each failing row, whatever number of checks it fails.</summary>
internal sealed class RecordAnomalies(IReadOnlyList<CheckPlan> plans, int threshold)
{
    private readonly Dictionary<(string Record, string? Partition), (IReadOnlyList<int> Failed, Dictionary<int, int> Times)> rows = [];

    /// <summary>Notes a row that was fetched for a check whose rows are anomalies of their own.</summary>
    public void Add(FailingRows.Found found)
    {
        var key = (found.Record, found.Partition);
        if (!rows.TryGetValue(key, out var row)) rows[key] = row = ([.. found.Failed.Where(i => plans[i].IsSingle(threshold))], []);
        row.Times[found.Plan] = row.Times.GetValueOrDefault(found.Plan) + 1;
    }

    /// <summary>Rows that are equal in all fields are still so many anomalies.</summary>
    public IEnumerable<AnomalyFinding> Make() => rows.SelectMany(r => Enumerable.Range(0, r.Value.Times.Values.Max()).Select(_ => Make(r.Key, r.Value.Failed)));

    private AnomalyFinding Make((string Record, string? Partition) row, IReadOnlyList<int> failed)
    {
        var read = RecordJson.Read(row.Record);
        var checks = failed.Select(i => plans[i]).OrderBy(p => p.Check.Id).ToList();
        return new(Guid.NewGuid(), AnomalyKind.Record, [.. checks.Select(p => Failed(p, read))])
        {
            AnomalousRecords = 1,
            Fingerprint = Fingerprints.OfRecord(checks.Select(p => p.Check.Id), row.Record),
            Records = [row.Record],
            Partition = row.Partition,
        };
    }

    private static FailedCheck Failed(CheckPlan plan, Func<string, string?> record)
    {
        var rule = (RecordRule)plan.Rule;
        var value = plan.Check.Fields.Count > 0 ? record(plan.Check.Fields[0]) : null;
        var own = plan.Check.MessageField is { } field ? record(field) : null;
        return new(plan.Check.Id, string.IsNullOrEmpty(own) ? rule.RecordMessage(plan.Scope, value, record) : own, rule.Suggest(plan.Scope, value));
    }
}
