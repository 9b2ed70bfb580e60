using Assay.Server.Checks;
using Assay.Server.Store;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export.Assets;

/// <summary>Check templates. They belong to no datastore, so that their table has no prefix. An archived one is exported where it is asked for by its id.</summary>
internal sealed class TemplateAsset(IDbContextFactory<AssayDb> contexts) : ExportAsset<ExportedCheck>(contexts, ExportSettings.CheckTemplates, "export_check_templates",
[
    .. ExportedCheck.Columns,
    new("template_checks_count", TableType.Integral, c => c.View.TemplateChecksCount),
    new("template_locked", TableType.Boolean, c => c.View.TemplateLocked),
])
{
    protected override async Task<IReadOnlyList<(long Id, ExportedCheck Item)>> ReadAsync(AssayDb db, ExportScope scope, long after, int count, CancellationToken cancel)
    {
        var wanted = scope.Settings.TemplateIds.ToArray();
        var rows = db.Set<QualityCheck>().Where(c => c.Id > after && c.IsTemplate);
        rows = wanted.Length > 0 ? rows.Where(c => EF.Parameter(wanted).Contains(c.Id)) : rows.Where(c => c.DeletedAt == null);
        return await ExportedCheck.ReadAsync(db, rows, count, scope, cancel);
    }
}
