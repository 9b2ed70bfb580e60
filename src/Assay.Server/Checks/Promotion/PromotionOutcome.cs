using Assay.Server.Operations.Running;

namespace Assay.Server.Checks.Promotion;

/// <summary>What a promotion came to.</summary>
/// <param name="Promoted">Checks that were made.</param>
/// <param name="Drafts">Those of them that are drafts.</param>
/// <param name="Skipped">Why checks were not made, in words.</param>
internal sealed record PromotionOutcome(long Promoted, long Drafts, IReadOnlyList<string> Skipped)
{
    /// <summary>Null where all went well.</summary>
    public string? Message => Skipped.Count == 0 ? Promoted == 0 ? "There was no check to promote." : null
        : $"{Skipped.Count} of {Promoted + Skipped.Count} checks were not promoted. {ProblemList.Words(Skipped)}";
}
