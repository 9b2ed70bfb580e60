namespace Assay.Server.Containers;

/// <summary>How far the number of a container's rows is to be trusted (<see cref="Container.RecordsQuality"/>).</summary>
internal static class RecordsKnown
{
    /// <summary>Counted: by the last profile, or by a source that keeps count.</summary>
    public const string Exact = "exact";

    /// <summary>What the source takes it for.</summary>
    public const string Estimate = "estimate";

    /// <summary>Nobody tells; a number is what some earlier profile counted.</summary>
    public const string Unknown = "unknown";
}
