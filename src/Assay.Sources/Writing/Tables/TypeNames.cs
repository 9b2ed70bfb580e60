namespace Assay.Sources.Writing.Tables;

/// <summary>What a product calls the types of written columns.</summary>
/// <param name="Exact">Without its digits.</param>
internal sealed record TypeNames(string Integral, string Fractional, string Exact, string Boolean, string Date, string Timestamp, string Text);
