using Assay.Server.Checks;
using Assay.Server.Checks.Reads;
using Assay.Server.Store;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export.Assets;

/// <summary>A check or a template on its way into a table.</summary>
internal sealed record ExportedCheck(CheckView View, ExportScope Scope)
{
    /// <summary>What tables of checks and of templates both have.</summary>
    public static IReadOnlyList<ExportColumn<ExportedCheck>> Columns { get; } =
    [
        new("id", TableType.Integral, c => c.View.Id),
        new("rule_type", TableType.Text, c => c.View.RuleType),
        new("description", TableType.Text, c => c.View.Description),
        new("fields", TableType.Text, c => ExportText.Joined(c.View.Fields.Select(f => f.Name))),
        new("coverage", TableType.Fractional, c => c.View.Coverage),
        new("filter", TableType.Text, c => c.View.Filter),
        new("properties", TableType.Text, c => c.View.Properties?.GetRawText()),
        new("additional_metadata", TableType.Text, c => c.View.AdditionalMetadata.GetRawText()),
        new("global_tags", TableType.Text, c => ExportText.Joined(c.View.GlobalTags)),
        new("weight", TableType.Fractional, c => (double)c.View.Weight),
        new("is_template", TableType.Boolean, c => c.View.IsTemplate),
        new("is_new", TableType.Boolean, c => c.View.IsNew),
        new("created", TableType.Text, c => ExportText.Time(c.View.Created)),
        new("last_updated", TableType.Text, c => ExportText.Time(c.View.LastUpdated)),
        new("last_editor", TableType.Text, c => c.View.LastEditor?.Name),
        new("deleted_at", TableType.Text, c => ExportText.Time(c.View.DeletedAt)),
        new("generated_at", TableType.Text, c => ExportText.Generated(c.Scope.Generated)),
    ];

    /// <summary>The first of these checks by their ids.</summary>
    public static async Task<IReadOnlyList<(long Id, ExportedCheck Item)>> ReadAsync(AssayDb db, IQueryable<QualityCheck> checks, int count, ExportScope scope, CancellationToken cancel)
    {
        var ids = await checks.OrderBy(c => c.Id).Select(c => c.Id).Take(count).ToListAsync(cancel);
        return [.. (await new CheckReads(db).FindAsync(ids, null, cancel)).Select(view => (view.Id, new ExportedCheck(view, scope)))];
    }
}
