using Assay.Server.Anomalies;
using Assay.Server.Checks;
using Assay.Server.Scores;
using Assay.Server.Store;

namespace Assay.Server.Profiles;

/// <summary>The orders of lists of field profiles.</summary>
internal static class FieldProfileOrder
{
    public static IQueryable<FieldProfileRow> Sorted(this IQueryable<FieldProfileRow> rows, AssayDb db, FieldProfileQuery query)
    {
        rows = rows.By(query.SortName, p => p.Name).By(query.SortType, p => p.FieldType).By(query.SortCompleteness, p => p.Completeness).By(query.SortCreated, p => p.Created)
            .By(query.SortActiveChecks, p => db.Set<CheckField>().Count(f => f.Name == p.Name
                && db.Set<QualityCheck>().Any(c => c.Id == f.CheckId && c.ContainerId == p.ContainerId && c.Status == CheckStatus.Active && c.DeletedAt == null)))
            .By(query.SortActiveAnomalies, p => db.Set<Anomaly>().Count(a => a.ContainerId == p.ContainerId && a.ArchivedAt == null
                && db.Set<FailedCheck>().Any(x => x.AnomalyId == a.Id && db.Set<CheckField>().Any(f => f.CheckId == x.CheckId && f.Name == p.Name))));
        // Fields without a score come last, whichever way.
        if (query.SortQualityScore is not null)
            rows = rows.By("asc", p => db.Set<FieldScore>().Any(s => s.FieldId == p.FieldId && s.Total != null) ? 0 : 1)
                .By(query.SortQualityScore, p => db.Set<FieldScore>().Where(s => s.FieldId == p.FieldId).Select(s => s.Total).FirstOrDefault());
        var asked = query.SortName ?? query.SortType ?? query.SortCompleteness ?? query.SortCreated ?? query.SortActiveChecks ?? query.SortActiveAnomalies ?? query.SortQualityScore;
        return rows.By(asked ?? "desc", p => p.Id);
    }
}
