namespace Assay.Server.Operations.Sync;

/// <summary>What a sync tells about itself; null where there is nothing to tell.</summary>
internal static class SyncMessage
{
    private const int Most = 5;

    public static string? Of(Survey survey, IReadOnlyList<KnownContainer> vanished, RemovalVerdict verdict, int percent)
    {
        var lines = new List<string>();
        if (survey.Unreadable.Count > 0)
            lines.Add($"{Count(survey.Unreadable.Count, "container")} could not be read and kept what was known: {Few(survey.Unreadable.Select(u => $"{u.Name} ({u.Problem})"))}.");
        if (vanished.Count > 0 && verdict == RemovalVerdict.Kept)
            lines.Add($"{Count(vanished.Count, "known container")} {Are(vanished.Count)} no longer at the source and stay{(vanished.Count == 1 ? "s" : "")} until a sync with prune: {Few(vanished.Select(v => v.Name))}.");
        if (verdict == RemovalVerdict.HeldBack)
            lines.Add($"Nothing was removed: {vanished.Count} of {survey.InScope} known containers are no longer at the source, more than {percent} % at once. "
                + "If that is right, run the same sync with prune again to confirm it (or raise ASSAY_SYNC_MAX_REMOVED_PERCENT). "
                + $"Missing: {Few(vanished.Select(v => v.Name))}.");
        var renames = survey.LikelyRenames(vanished);
        if (renames.Count > 0) lines.Add($"Likely renamed, since the structure is the same: {Few(renames.Select(r => $"{r.From} to {r.To}"))}.");
        return lines.Count == 0 ? null : string.Join(" ", lines);
    }

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Are(int count) => count == 1 ? "is" : "are";

    private static string Few(IEnumerable<string> items)
    {
        var all = items.ToList();
        return string.Join(", ", all.Take(Most)) + (all.Count > Most ? $" and {all.Count - Most} more" : "");
    }
}

/// <summary>What becomes of containers that vanished from the source.</summary>
internal enum RemovalVerdict
{
    /// <summary>They stay, because nobody asked to prune.</summary>
    Kept,
    /// <summary>They are deleted, softly.</summary>
    Removed,
    /// <summary>They stay although prune was asked for: too many at once.</summary>
    HeldBack,
}
