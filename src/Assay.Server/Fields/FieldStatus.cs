namespace Assay.Server.Fields;

/// <summary>The states of a field, as the API spells them.</summary>
internal static class FieldStatus
{
    public const string Active = "active";
    /// <summary>The source no longer has it.</summary>
    public const string Missing = "missing";
    /// <summary>Its values are not shown.</summary>
    public const string Masked = "masked";
    /// <summary>Profiles and checks leave it out.</summary>
    public const string Excluded = "excluded";
}
