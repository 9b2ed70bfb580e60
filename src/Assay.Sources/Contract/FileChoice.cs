namespace Assay.Sources.Contract;

/// <summary>What somebody settled of how the files of a container are read, so that a listing does not find it out.</summary>
/// <param name="HasHeader">Whether the first row holds names; null to find it out.</param>
/// <param name="EscapeCharacter">What stands before a quote within quotes; null to find it out.</param>
/// <param name="InfersTypes">False where values without a declared type are texts, whatever they look like.</param>
public sealed record FileChoice(bool? HasHeader = null, char? EscapeCharacter = null, bool InfersTypes = true)
{
    /// <summary>Everything is found out.</summary>
    public static readonly FileChoice None = new();
}
