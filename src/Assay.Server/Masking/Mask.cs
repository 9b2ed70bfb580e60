namespace Assay.Server.Masking;

/// <summary>What stands in the place of a masked value.</summary>
internal static class Mask
{
    public const string Text = "***MASKED***";
}
