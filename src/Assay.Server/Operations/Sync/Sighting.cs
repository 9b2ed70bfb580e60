using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync;

/// <summary>A container of the listing that is new or differs from what is known.</summary>
/// <param name="Known">What is known of it; null for a new one.</param>
/// <param name="StructureChanged">Its fields have to be looked at.</param>
/// <param name="PartitionsChanged">Its partitions have to be looked at.</param>
internal sealed record Sighting(
    ContainerStructure Container, KnownContainer? Known, Fingerprint Fingerprint, bool StructureChanged, bool PartitionsChanged)
{
    public bool Unreadable => Container.Problem is not null;

    /// <summary>Whether more differs than the number of rows.</summary>
    public bool TellsMoreThanRows => StructureChanged || PartitionsChanged || Unreadable || SyncState != Known?.SyncState;

    public string SyncState => Unreadable ? Sync.SyncState.Unloadable
        : StructureChanged && Known is { Fingerprint.Structure: not "" } ? Sync.SyncState.Changed
        : Sync.SyncState.Available;
}
