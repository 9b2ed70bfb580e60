using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Assay.Server.Fields;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Store;
using Assay.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Anomalies.Records;

/// <summary>
/// The records of the source that a scan kept with an anomaly. Values of fields that are masked now are hidden, whenever they were
/// read; showing them is written down.
/// </summary>
internal sealed class SourceRecords(AssayDb db, MaskingAudit audit, TimeProvider clock)
{
    public async Task<SourceRecordView> ReadAsync(long anomalyId, SourceRecordQuery query, Caller caller, CancellationToken cancel)
    {
        var rows = new JsonArray();
        await foreach (var row in RowsAsync(anomalyId, query, MaskingReveal.View, caller, cancel)) rows.Add(row);
        var created = await db.Set<Anomaly>().Where(a => a.Id == anomalyId).Select(a => a.Created).FirstAsync(cancel);
        return new SourceRecordView(rows.ToJsonString(Json.Options), created);
    }

    /// <summary>The records as objects by field name, in the order in which they were kept.</summary>
    public async IAsyncEnumerable<JsonObject> RowsAsync(long anomalyId, SourceRecordQuery query, string action, Caller caller, [EnumeratorCancellation] CancellationToken cancel)
    {
        var hidden = await db.Set<Field>().Where(f => f.Status == FieldStatus.Masked && db.Set<Anomaly>().Any(a => a.Id == anomalyId && a.ContainerId == f.ContainerId))
            .Select(f => f.Name).ToListAsync(cancel);
        if (query.IncludeMasked && hidden.Count > 0) await NoteAsync(anomalyId, action, hidden, caller, cancel);
        var records = db.Set<SourceRecord>().AsNoTracking().Where(r => r.AnomalyId == anomalyId).OrderBy(r => r.Position).Take(query.Limit).Select(r => r.Record);
        await foreach (var text in records.AsAsyncEnumerable().WithCancellation(cancel))
        {
            var record = (JsonObject)JsonNode.Parse(text)!;
            if (!query.IncludeMasked)
                foreach (var name in hidden.Where(record.ContainsKey)) record[name] = Mask.Text;
            yield return record;
        }
    }

    private async Task NoteAsync(long anomalyId, string action, IReadOnlyList<string> fields, Caller caller, CancellationToken cancel)
    {
        var revealed = new JsonObject { ["revealed_fields"] = new JsonArray(null, new JsonArray([.. fields.Select(f => JsonValue.Create(f))])) };
        db.Add(Change.Of(Writes.AnomalyHistory.ObjectType, anomalyId, Change.Update, revealed, caller, clock.UtcNow()));
        await audit.NoteAsync(MaskingReveal.Anomaly, anomalyId, action, fields, caller, cancel);
    }
}

/// <summary>The records of an anomaly.</summary>
/// <param name="SourceRecord">A JSON array of objects by field name, as text.</param>
/// <param name="Created">When the scan read them.</param>
internal sealed record SourceRecordView(string SourceRecord, DateTime Created);
