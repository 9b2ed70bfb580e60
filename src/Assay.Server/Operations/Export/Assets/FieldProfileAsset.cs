using Assay.Server.Fields;
using Assay.Server.Masking;
using Assay.Server.Profiles;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export.Assets;

/// <summary>The latest profile of each field of a datastore. Figures of masked fields' values are left out, unless they were asked for.</summary>
internal sealed class FieldProfileAsset(IDbContextFactory<AssayDb> contexts, TimeProvider clock)
    : ExportAsset<ExportedFieldProfile>(contexts, ExportSettings.Profiles, "export_field_profiles", ExportedFieldProfile.Columns)
{
    protected override async Task<IReadOnlyList<(long Id, ExportedFieldProfile Item)>> ReadAsync(AssayDb db, ExportScope scope, long after, int count, CancellationToken cancel)
    {
        var (all, wanted) = (scope.Settings.IncludeDeleted, scope.Containers(db));
        var rows = await db.Set<FieldProfileRow>().AsNoTracking().Where(p => p.Id > after && wanted.Any(c => c.Id == p.ContainerId)
                && db.Set<Field>().Any(f => f.LatestProfileId == p.Id && (all || f.Status == FieldStatus.Active || f.Status == FieldStatus.Masked)))
            .OrderBy(p => p.Id).Take(count).ToListAsync(cancel);
        var reads = new FieldProfileReads(db, new MaskingAudit(db, clock));
        var hidden = await ForeignInputs.OfAsync(db, scope.Source.Id, [.. rows.Select(p => p.ContainerId).Distinct()], cancel);
        var views = (await reads.ExportAsync([.. rows.Where(p => !hidden.Contains(p.ContainerId))], scope.RevealTo, cancel))
            .Concat(await reads.ExportAsync([.. rows.Where(p => hidden.Contains(p.ContainerId))], null, cancel)).OrderBy(v => v.Id);
        var fields = (await new FieldReads(db).FindAsync([.. rows.Select(p => p.FieldId)], cancel)).ToDictionary(f => f.Id);
        return [.. views.Where(v => fields.ContainsKey(v.FieldId)).Select(v => (v.Id, new ExportedFieldProfile(v, fields[v.FieldId], scope)))];
    }
}
