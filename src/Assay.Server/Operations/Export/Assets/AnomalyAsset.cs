using Assay.Server.Anomalies;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export.Assets;

/// <summary>The anomalies of a datastore.</summary>
internal sealed class AnomalyAsset(IDbContextFactory<AssayDb> contexts) : ExportAsset<ExportedAnomaly>(contexts, ExportSettings.Anomalies, "export_anomalies",
[
    new("id", TableType.Integral, a => a.Row.Id),
    new("created", TableType.Timestamp, a => a.Row.Created),
    new("uuid", TableType.Text, a => a.Row.Uuid),
    new("type", TableType.Text, a => a.Row.Type),
    new("status", TableType.Text, a => a.Row.Status),
    new("global_tags", TableType.Text, a => ExportText.Joined(a.Tags)),
    new("container_id", TableType.Integral, a => a.Row.ContainerId),
    new("source_container", TableType.Text, a => a.Container),
    new("datastore_id", TableType.Integral, a => a.Scope.Source.Id),
    new("source_datastore", TableType.Text, a => a.Scope.Source.Name),
    new("generated_at", TableType.Timestamp, a => a.Scope.Generated),
])
{
    protected override async Task<IReadOnlyList<(long Id, ExportedAnomaly Item)>> ReadAsync(AssayDb db, ExportScope scope, long after, int count, CancellationToken cancel)
    {
        var archived = scope.Settings.IncludeDeleted;
        var rows = await db.Set<Anomaly>().AsNoTracking().Where(a => a.Id > after && (archived || a.ArchivedAt == null))
            .Join(scope.Containers(db), a => a.ContainerId, c => c.Id, (a, c) => new { Row = a, Container = c.Name })
            .OrderBy(a => a.Row.Id).Take(count).ToListAsync(cancel);
        var ids = rows.Select(a => a.Row.Id).ToArray();
        var tags = (await db.Set<AnomalyTag>().Where(t => ids.Contains(t.AnomalyId)).Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (link, tag) => new { link.AnomalyId, tag.Name })
            .OrderBy(t => t.Name).ToListAsync(cancel)).ToLookup(t => t.AnomalyId, t => t.Name);
        return [.. rows.Select(a => (a.Row.Id, new ExportedAnomaly(a.Row, a.Container, [.. tags[a.Row.Id]], scope)))];
    }
}

internal sealed record ExportedAnomaly(Anomaly Row, string Container, IReadOnlyList<string> Tags, ExportScope Scope);
