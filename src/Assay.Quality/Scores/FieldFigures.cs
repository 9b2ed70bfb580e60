namespace Assay.Quality.Scores;

/// <summary>What one profile says of a field as far as consistency goes. Members that do not apply to its type are null.</summary>
/// <param name="Type">The type as the API spells it, such as <c>String</c>.</param>
public sealed record FieldFigures(string Type)
{
    public double? Median { get; init; }
    public double? Q1 { get; init; }
    public double? Q3 { get; init; }
    public double? Distinct { get; init; }
    public double? MinLength { get; init; }
    public double? MaxLength { get; init; }
    public double? Entropy { get; init; }
    /// <summary>For dates and times, the earliest in seconds since 1970.</summary>
    public double? Earliest { get; init; }
}
