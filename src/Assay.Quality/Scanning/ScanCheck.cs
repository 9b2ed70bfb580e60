using Assay.Quality.Checks;

namespace Assay.Quality.Scanning;

/// <summary>A check of a scan.</summary>
/// <param name="Check">The check; its id tells it apart.</param>
/// <param name="Reference">The rows of the container that it refers to; null where it refers to none, or where they cannot be read.</param>
public sealed record ScanCheck(CheckDefinition Check, Relation? Reference = null);
