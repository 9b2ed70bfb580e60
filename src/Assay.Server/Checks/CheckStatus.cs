namespace Assay.Server.Checks;

/// <summary>The states of a check, as the API spells them.</summary>
internal static class CheckStatus
{
    /// <summary>Asserted by scans.</summary>
    public const string Active = "Active";
    /// <summary>Not yet asserted: it may be unfinished.</summary>
    public const string Draft = "Draft";
    /// <summary>Archived, because it was wrong.</summary>
    public const string Invalid = "Invalid";
    /// <summary>Archived, because it is not wanted.</summary>
    public const string Discarded = "Discarded";
}
