using Assay.Server.Checks;
using Assay.Server.Store;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export.Assets;

/// <summary>The quality checks of a datastore.</summary>
internal sealed class CheckAsset(IDbContextFactory<AssayDb> contexts) : ExportAsset<ExportedCheck>(contexts, ExportSettings.Checks, "export_checks",
[
    .. ExportedCheck.Columns,
    new("has_passed", TableType.Boolean, c => c.View.IsPassing),
    new("inferred", TableType.Boolean, c => c.View.Inferred),
    new("last_asserted", TableType.Text, c => ExportText.Time(c.View.LastAsserted)),
    new("num_container_scans", TableType.Integral, c => c.View.NumContainerScans),
    new("datastore_id", TableType.Integral, c => c.Scope.Source.Id),
    new("container_id", TableType.Integral, c => c.View.Container!.Id),
    new("template_id", TableType.Integral, c => c.View.Template?.Id),
    new("source_container", TableType.Text, c => c.View.Container!.Name),
    new("source_datastore", TableType.Text, c => c.Scope.Source.Name),
])
{
    protected override async Task<IReadOnlyList<(long Id, ExportedCheck Item)>> ReadAsync(AssayDb db, ExportScope scope, long after, int count, CancellationToken cancel)
    {
        var (archived, containers) = (scope.Settings.IncludeDeleted, scope.Containers(db));
        var rows = db.Set<QualityCheck>().Where(c => c.Id > after && !c.IsTemplate && (archived || c.DeletedAt == null) && containers.Any(x => x.Id == c.ContainerId));
        return await ExportedCheck.ReadAsync(db, rows, count, scope, cancel);
    }
}
