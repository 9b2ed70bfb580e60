using Assay.Quality.Checks;

namespace Assay.Quality.Scanning;

/// <summary>What a rule sees of a check in order to word its messages.</summary>
/// <param name="Check">The check.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Reference">The referenced container's name, for rules that have one.</param>
internal sealed record CheckScope(CheckDefinition Check, string Container, string? Reference = null)
{
    /// <summary>The check's previous measurement, for rules on change.</summary>
    public decimal? LastValue { get; init; }

    public CheckProperties Properties => Check.Properties;

    /// <summary>The fields as messages name them.</summary>
    public string FieldList => string.Join(", ", Check.Fields.Select(f => $"`{f}`"));
}
