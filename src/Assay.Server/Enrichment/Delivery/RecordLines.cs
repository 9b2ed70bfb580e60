using Assay.Server.Store.Reads;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>Kept records as rows of the table of source records.</summary>
internal sealed class RecordLines(ScanEvidence scan, RowLines lines)
{
    /// <summary>What <see cref="Write"/> reads, of the tables <c>anomalies a</c> and <c>anomaly_source_records s</c>.</summary>
    public const string Columns = "a.uuid, a.partition, s.context, s.record";

    private readonly RowCells container = lines.Spell(scan.Container.Name), partition = lines.Spell(scan.Partition);
    private readonly RecordText record = new(scan.Masked, scan.Times);

    public void Write(Utf8Row row)
    {
        lines.Cells(container);
        lines.Text(row, 1, partition);
        lines.Text(row.Text(0));
        lines.Text(row, 2);
        lines.Text(record.Of(row.Text(3)));
    }
}
