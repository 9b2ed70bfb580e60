using System.Globalization;
using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules;

/// <summary>Limits, both included, for a value or for its change.</summary>
internal sealed class Limits
{
    private readonly decimal? least;
    private readonly decimal? most;
    private readonly string comparison;

    public Limits(CheckProperties properties)
    {
        (least, most) = (properties.Number("min"), properties.Number("max"));
        comparison = Choices.FirstOrDefault(c => properties.Text("comparison") is { } text && c.Means(text))?.Value ?? Choices[0].Value;
    }

    public static IReadOnlyList<PropertyChoice> Choices { get; } =
    [
        new("Absolute Value", "Absolute Value", "absolute_value", "absolute value"),
        new("Absolute Change", "Absolute Change", "absolute_change"),
        new("Percentage Change", "Percentage Change", "percentage_change"),
    ];

    public static IReadOnlyList<PropertySpec> Properties { get; } =
    [
        new("min", PropertyType.Number, "Min") { Required = false, OneOf = ["min", "max"], Info = "The lower limit; negative for a decrease." },
        new("max", PropertyType.Number, "Max") { Required = false, OneOf = ["min", "max"], Info = "The upper limit." },
    ];

    public bool Absolute => comparison == "Absolute Value";

    public string Name => comparison switch { "Absolute Change" => "Absolute change", "Percentage Change" => "Percentage change", _ => "Value" };

    public string Words => (least, most) switch
    {
        ({ } a, { } b) => $"between {Share.Bound(a)} and {Share.Bound(b)}",
        ({ } a, null) => $"at least {Share.Bound(a)}",
        _ => $"at most {Share.Bound(most)}",
    };

    public bool Hold(decimal value) => !(value < least) && !(value > most);

    /// <summary>The change, in per cent where the check is about that; null where there was nothing, or 0 to compare per cent with.</summary>
    public decimal? Change(decimal? previous, decimal current) => (previous, comparison) switch
    {
        (null, _) => null,
        (0, "Percentage Change") => null,
        ({ } was, "Percentage Change") => (current - was) / was * 100,
        ({ } was, _) => current - was,
    };

    public string Show(decimal change) => comparison == "Percentage Change" ? change.ToString("F3", CultureInfo.InvariantCulture) + "%" : Share.Bound(change);

    /// <summary>A figure of the engine as a decimal; null for NULL and what no decimal holds.</summary>
    public static decimal? Number(object? figure) => figure is null ? null : CheckProperties.NumberOf(Convert.ToString(figure, CultureInfo.InvariantCulture)!);

    public static IEnumerable<CheckFault> Review(CheckReview check)
    {
        if (check.Properties.Number("min") > check.Properties.Number("max"))
            yield return CheckFault.Property("min", "must not be greater than max");
    }
}
