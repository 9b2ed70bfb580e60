using Assay.Engine;
using Assay.Quality.Rules;

namespace Assay.Quality.Scanning;

/// <summary>Makes one anomaly of each check that failed as a whole, or with more rows than the threshold.</summary>
internal sealed class ShapeAnomalies(IEngine engine, ScanRequest request, DescribedRelation? rows, Func<EngineQuery, EngineQuery> bind)
{
    private readonly List<(AnomalyFinding Anomaly, List<string> Records)> made = [];

    public IEnumerable<AnomalyFinding> All => made.Select(m => m.Anomaly with { Records = m.Records });

    /// <summary>Makes the anomaly; gives a way to add records to it.</summary>
    public Func<string, CancellationToken, ValueTask> Make(CheckPlan plan, string? maximum)
    {
        var verdict = plan.Verdict!;
        var anomaly = new AnomalyFinding(Guid.NewGuid(), AnomalyKind.Shape, [new(plan.Check.Id, verdict.Message)])
        {
            AnomalousRecords = verdict.Anomalous,
            Fingerprint = Fingerprints.OfShape(plan.Check.Id, verdict, maximum),
        };
        var records = new List<string>();
        made.Add((anomaly, records));
        var count = 0L;
        return (record, cancellation) =>
        {
            if (++count > request.SourceRecordLimit) return ValueTask.CompletedTask;
            if (request.OnRecord is { } take) return take(anomaly.Id, record, cancellation);
            records.Add(record);
            return ValueTask.CompletedTask;
        };
    }

    /// <summary>Fetches the rows that a rule says show what is wrong. Without them the anomaly stands all the same.</summary>
    public async Task FetchEvidenceAsync(Verdict verdict, Func<string, CancellationToken, ValueTask> add, CancellationToken cancellation)
    {
        var sql = verdict.EvidenceStatement is { } statement ? $"{statement} LIMIT {request.SourceRecordLimit}"
            : verdict.Evidence is { } condition && rows is not null ? $"SELECT {RecordJson.Write(rows)} FROM {rows.From} WHERE {condition} LIMIT {request.SourceRecordLimit}"
            : null;
        if (sql is null) return;
        try
        {
            await foreach (var row in engine.QueryAsync(bind(ScanStatement.Of(sql)), cancellation)) await add(row.GetText(0)!, cancellation);
        }
        catch (EngineException failed) when (!failed.IsLost)
        {
            // The counts are known; examples are not worth losing them.
        }
    }
}
