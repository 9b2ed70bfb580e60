using Assay.Server.Store;
using Assay.Server.Store.Reads;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>Failed checks of anomalies as rows of their table. What is written of a check stands beside each of its failures, and is spelled once.</summary>
internal sealed class FailureLines(ScanEvidence scan, RowLines lines)
{
    /// <summary>What <see cref="Write"/> reads, of the tables <c>anomalies a</c> and <c>failed_checks f</c>.</summary>
    public const string Columns = "f.check_id, a.uuid, f.message, f.suggested_field, f.suggested_value, f.suggested_score, a.anomalous_records_count, a.created, a.partition, a.fingerprint";

    private readonly RowCells operation = lines.Spell(scan.Entry.OperationId), container = lines.Spell(scan.Container.Name), partition = lines.Spell(scan.Partition), datastore = lines.Spell(scan.Datastore);
    private readonly Dictionary<long, (CheckFacts? Facts, RowCells Cells)> checks = [];
    private (long At, RowCells Cells)? detected;

    public void Write(Utf8Row row)
    {
        var check = row.Number(0);
        var (facts, cells) = Facts(check);
        lines.Number(check);
        lines.Text(row.Text(1));
        if (facts?.Masked is { } masked) lines.Text(masked);
        else lines.Text(row, 2);
        lines.Text(row, 3);
        if (facts?.Masked is not null || IsMasked(row)) lines.Null();
        else lines.Text(row, 4);
        lines.Fraction(row, 5);
        lines.Cells(cells);
        lines.Number(row, 6);
        lines.Cells(operation);
        lines.Cells(Detected(row.Number(7)));
        lines.Cells(container);
        lines.Text(row, 8, partition);
        lines.Cells(datastore);
        lines.Number(row, 9);
    }

    private (CheckFacts? Facts, RowCells Cells) Facts(long check)
    {
        if (checks.TryGetValue(check, out var known)) return known;
        var facts = scan.Checks.GetValueOrDefault(check);
        return checks[check] = (facts, lines.Spell(facts?.Rule, facts?.Tags, facts?.Properties, facts?.Description, facts?.Metadata, facts?.Fields));
    }

    // Anomalies of one scan are mostly noted at the same moment.
    private RowCells Detected(long at)
    {
        if (detected is not { } last || last.At != at) detected = last = (at, lines.Spell(Microseconds.ToTime(at)));
        return last.Cells;
    }

    private bool IsMasked(Utf8Row row) => scan.Masked.Count > 0 && !row.IsNull(3) && scan.Masked.Contains(System.Text.Encoding.UTF8.GetString(row.Text(3)));
}
