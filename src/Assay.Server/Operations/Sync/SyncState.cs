namespace Assay.Server.Operations.Sync;

/// <summary>How a container stood at the latest sync that looked for it.</summary>
internal static class SyncState
{
    public const string Available = "available";
    /// <summary>Its fields differ from what was known before: profiles of it are out of date.</summary>
    public const string Changed = "changed";
    /// <summary>The source no longer lists it.</summary>
    public const string Inaccessible = "inaccessible";
    /// <summary>The source lists it, but its structure cannot be read.</summary>
    public const string Unloadable = "unloadable";
}
