using Assay.Quality.Checks;

namespace Assay.Quality.Rules;

/// <summary>The comparison of two figures that a check names.</summary>
internal static class Orders
{
    /// <summary>The canonical name of the check's comparison.</summary>
    public static string Of(CheckProperties properties) =>
        properties.Text("comparison") is { } text && Props.Orders.FirstOrDefault(o => o.Means(text)) is { } order ? order.Value : "eq";

    public static string Words(string order) => order switch
    {
        "lt" => "less than",
        "lte" => "less than or equal to",
        "gte" => "greater than or equal to",
        "gt" => "greater than",
        _ => "equal to",
    };

    /// <summary>Whether a comparison's result (below, at or above 0) is what the order asks for.</summary>
    public static bool Holds(string order, int comparison) => order switch
    {
        "lt" => comparison < 0,
        "lte" => comparison <= 0,
        "gte" => comparison >= 0,
        "gt" => comparison > 0,
        _ => comparison == 0,
    };
}
