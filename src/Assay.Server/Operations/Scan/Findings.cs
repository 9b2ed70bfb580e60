using System.Globalization;
using System.Text.Json;
using Assay.Quality.Rules;
using Assay.Quality.Scanning;
using Assay.Server.Fields;
using Assay.Server.Masking;
using Assay.Server.Reading;
using Assay.Server.Scans.Results;

namespace Assay.Server.Operations.Scan;

/// <summary>Turns what the subject found into what is stored. Values of masked fields leave the messages; the records keep them, and hide them when shown.</summary>
internal static class Findings
{
    public static ScannedContainer Of(ScanOutcome outcome, StoredContainer stored, bool whole, bool incremental, FoundCheckpoint? checkpoint)
    {
        var hidden = stored.Readable.Where(f => f.Status == FieldStatus.Masked).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return new ScannedContainer(outcome.Records, whole, incremental, checkpoint,
            [.. outcome.Anomalies.Select(a => Anomaly(a, hidden))], [.. outcome.Checks.Select(c => Result(c, hidden.Count > 0))],
            outcome.SchemaFailed ? $"{stored.Row.Name}: the scan was aborted because schema check anomalies were identified" : null)
        {
            Partitions = [.. outcome.Partitions.Select(p => new FoundPartition(p.Name, p.Records))],
        };
    }

    private static FoundAnomaly Anomaly(AnomalyFinding found, HashSet<string> hidden)
    {
        var secrets = hidden.Count == 0 ? [] : found.Records.SelectMany(r => Values(r, hidden)).Distinct().OrderByDescending(v => v.Length).ToList();
        return new FoundAnomaly(found.Kind == AnomalyKind.Record ? Anomalies.Anomaly.Record : Anomalies.Anomaly.Shape,
            [.. found.FailedChecks.Select(f => new FoundFailure(f.CheckId, Hide(f.Message, secrets), f.Suggestion?.Field, f.Suggestion is { } s && !hidden.Contains(s.Field) ? s.Value : null, f.Suggestion?.Score))],
            found.AnomalousRecords, found.Fingerprint, found.Partition, [.. found.Records.Select(r => new FoundRecord(r, null))]);
    }

    private static FoundResult Result(CheckOutcome c, bool masks) => new(c.CheckId, c.Result switch
    {
        Assertion.Passed => FoundResult.Passed,
        Assertion.Failed => FoundResult.Failed,
        _ => FoundResult.Unasserted,
    }, masks && c.Result == Assertion.Failed ? null : c.Details, c.Asserted, c.Anomalous, c.Measurement?.ToString(CultureInfo.InvariantCulture))
    {
        Partitions = c.Partitions is null ? null : [.. c.Partitions.Select(p => new FoundAssertion(p.Name, p.Asserted, p.Anomalous, masks ? null : p.Details))],
    };

    private static IEnumerable<string> Values(string record, HashSet<string> hidden) => JsonElement.Parse(record).EnumerateObject().Where(m => hidden.Contains(m.Name))
        .Select(m => m.Value.ValueKind switch { JsonValueKind.Null => "", JsonValueKind.String => m.Value.GetString()!, _ => m.Value.GetRawText() }).Where(v => v.Length > 0);

    private static string Hide(string message, List<string> secrets) => secrets.Aggregate(message, (text, secret) => text.Replace(secret, Mask.Text, StringComparison.Ordinal));
}
