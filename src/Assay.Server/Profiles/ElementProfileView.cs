using System.ComponentModel;
using System.Text.Json;
using Assay.Quality.Profiling;

namespace Assay.Server.Profiles;

/// <summary>A part of a field: the elements of an array, all of them together, or a member of a struct.</summary>
internal sealed record ElementProfileView
{
    [Description("For a member of a struct its path; for elements the array's name.")]
    public required string Name { get; init; }
    [Description("The elements' or the member's type.")]
    public required string Type { get; init; }
    [Description("For a member, the share of rows where it is not null; null for elements.")]
    public required double? Completeness { get; init; }
    [Description("Values that are not null.")]
    public required long? Count { get; init; }
    public required long? ApproximateDistinctValues { get; init; }
    public required double? UniqueDistinctRatio { get; init; }
    public required JsonElement? Min { get; init; }
    public required JsonElement? Max { get; init; }
    public required double? Mean { get; init; }
    public required double? StdDev { get; init; }
    public required double? Median { get; init; }
    public required double? Entropy { get; init; }
    public required long? MinLength { get; init; }
    public required long? MaxLength { get; init; }
    [Description("Every distinct element with its count; null where there are too many.")]
    public required HistogramView? Histogram { get; init; }
    [Description("For a member that is an array, all of its elements together; null otherwise.")]
    public required ElementProfileView? Element { get; init; }
    [Description("What could not be computed, in plain words; null where all was.")]
    public required string? Message { get; init; }

    public static ElementProfileView Of(FieldProfile p) => new()
    {
        Name = p.Name,
        Completeness = p.Completeness,
        Type = p.Type.ToString(),
        Count = p.Values,
        ApproximateDistinctValues = p.ApproximateDistinctValues,
        UniqueDistinctRatio = p.UniqueDistinctRatio,
        Min = p.Min,
        Max = p.Max,
        Mean = p.Mean,
        StdDev = p.StdDev,
        Median = p.Median,
        Entropy = p.Entropy,
        MinLength = p.MinLength,
        MaxLength = p.MaxLength,
        Histogram = p.Histogram is { } list ? new HistogramView([.. list.Select(b => b.Value)], [.. list.Select(b => b.Count)]) : null,
        Element = p.Element is { } element ? Of(element) : null,
        Message = p.Message,
    };
}
