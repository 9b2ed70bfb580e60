using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Reads;

/// <summary>The search in lists of checks. What may not be shown of a check does not find it either: who may ask often enough could read it letter by letter.</summary>
internal static class CheckSearch
{
    public static async Task<IQueryable<QualityCheck>> SearchedAsync(this IQueryable<QualityCheck> rows, AssayDb db, string? search, CancellationToken cancel)
    {
        if (search?.ToLowerInvariant() is not { } key) return rows;
        var hits = rows.Where(c => c.Description.ToLower().Contains(key) || c.RuleType.ToLower().Contains(key) || c.Id.ToString().Contains(key));
        var told = hits.Where(c => !c.RuleType.ToLower().Contains(key) && !c.Id.ToString().Contains(key));
        var shown = await CheckMask.DescriptionsAsync(db, told, cancel);
        var unseen = shown.Where(s => !s.Value.Contains(key, StringComparison.InvariantCultureIgnoreCase)).Select(s => s.Key).ToArray();
        return unseen.Length == 0 ? hits : hits.Where(c => !EF.Parameter(unseen).Contains(c.Id));
    }
}
