using Assay.Server.Store;
using Assay.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Writes;

/// <summary>Which team permission a change of a check needs: drafters may work on drafts as long as they stay drafts.</summary>
internal static class CheckDrafts
{
    public static async Task<TeamPermission> ToChangeAsync(AssayDb db, long id, string? status, CancellationToken cancel) =>
        status is null or CheckStatus.Draft && await db.Set<QualityCheck>().AnyAsync(c => c.Id == id && c.Status == CheckStatus.Draft && c.DeletedAt == null, cancel)
            ? TeamPermission.Drafter : TeamPermission.Author;
}
