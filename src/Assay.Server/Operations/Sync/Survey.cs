using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync;

/// <summary>
/// Compares a listing with what is known, container by container, and keeps in memory no more than names: what differs is handed on.
/// </summary>
internal sealed class Survey(IReadOnlyDictionary<string, KnownContainer> known, SyncSettings settings)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Structure)> added = [];

    public long Listed { get; private set; }
    public long FieldsListed { get; private set; }
    public long Added => added.Count;
    public long Changed { get; private set; }
    public long Restored { get; private set; }
    public List<(string Name, string Problem)> Unreadable { get; } = [];

    /// <summary>What has to be written for a listed container; null where all is as known.</summary>
    public Sighting? Look(ContainerStructure container)
    {
        if (!seen.Add(container.Name)) return null;
        Listed++;
        FieldsListed += container.Fields.Count;
        var before = known.GetValueOrDefault(container.Name);
        if (before is { DeletedByUser: true } && !settings.Recreate) return null;
        if (container.Problem is { } problem)
        {
            Unreadable.Add((container.Name, problem.Message));
            return new Sighting(container, before, before?.Fingerprint ?? new("", ""), false, false);
        }
        var now = Fingerprint.Of(container);
        if (before is null)
        {
            added.Add((container.Name, now.Structure));
            return new Sighting(container, null, now, true, container.Partitions.Count > 0);
        }
        var sighting = new Sighting(container, before, now, now.Structure != before.Fingerprint.Structure, now.Partitions != before.Fingerprint.Partitions);
        if (before.Deleted) Restored++;
        else if (sighting.StructureChanged) Changed++;
        return sighting.StructureChanged || sighting.PartitionsChanged || before.Deleted || sighting.SyncState != before.SyncState
            || (container.Rows ?? before.Records) != before.Records || StagedContainers.Spell(container.RowsQuality) != before.RecordsQuality ? sighting : null;
    }

    /// <summary>Containers in the scope of this sync that it knew before: what a removal is measured against.</summary>
    public long InScope => known.Values.Count(IsInScope);

    /// <summary>Known containers that a complete listing did not hold. What the sync was told to leave out is not gone.</summary>
    public IReadOnlyList<KnownContainer> Vanished() =>
        [.. known.Values.Where(c => IsInScope(c) && !seen.Contains(c.Name)).OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Pairs of a vanished and a new container with one structure that no other of either kind has: likely renames.</summary>
    public IReadOnlyList<(string From, string To)> LikelyRenames(IReadOnlyList<KnownContainer> vanished)
    {
        var newcomers = added.ToLookup(a => a.Structure, a => a.Name);
        return [.. vanished.GroupBy(v => v.Fingerprint.Structure)
            .Where(same => same.Key.Length > 0 && same.Count() == 1 && newcomers[same.Key].Count() == 1)
            .Select(same => (same.Single().Name, newcomers[same.Key].Single()))];
    }

    private bool IsInScope(KnownContainer container) =>
        !container.Deleted && settings.Include.Contains(container.IsView ? SyncSettings.View : SyncSettings.Table);
}
