using Assay.Quality.Scanning;

namespace Assay.Quality.Rules;

/// <summary>A rule on what is known about the container without reading its rows.</summary>
internal abstract class MeasuredRule(RuleSpec spec) : Rule(spec)
{
    /// <summary>What the measurements mean.</summary>
    internal abstract Verdict Judge(CheckScope check, ContainerMeasurements container);
}
