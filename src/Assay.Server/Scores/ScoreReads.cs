using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Scores;

/// <summary>Current scores of many things at once, for views that show them.</summary>
internal static class ScoreReads
{
    /// <summary>By container; those without a score are left out.</summary>
    public static async Task<IReadOnlyDictionary<long, QualityScoreView>> ContainerScoresAsync(this AssayDb db, IReadOnlyCollection<long> containers, CancellationToken cancel)
    {
        var scores = db.Set<DailyScore>().AsNoTracking();
        var rows = await scores.Where(s => s.ContainerId != 0 && EF.Parameter(containers).Contains(s.ContainerId)
            && !scores.Any(later => later.ContainerId == s.ContainerId && later.DatastoreId == s.DatastoreId && later.Day > s.Day)).ToListAsync(cancel);
        return rows.Where(s => s.Total is not null).ToDictionary(s => s.ContainerId, s => QualityScoreView.Of(s)!);
    }

    /// <summary>By field; those without a score are left out.</summary>
    public static async Task<IReadOnlyDictionary<long, QualityScoreView>> FieldScoresAsync(this AssayDb db, IReadOnlyCollection<long> fields, CancellationToken cancel) =>
        (await db.Set<FieldScore>().AsNoTracking().Where(s => s.Total != null && EF.Parameter(fields).Contains(s.FieldId)).ToListAsync(cancel))
            .ToDictionary(s => s.FieldId, s => QualityScoreView.Of(s)!);
}
