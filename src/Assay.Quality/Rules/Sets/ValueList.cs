using Assay.Engine;
using Assay.Quality.Checks;
using Assay.Quality.Expressions;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Sets;

/// <summary>A list of values as the field's type compares them.</summary>
internal static class ValueList
{
    /// <summary>The value in the type of <see cref="Constants"/>.</summary>
    public static string Comparable(SqlValue value, CheckProperties properties)
    {
        if (value.IsNumber) return Exact(value) ? $"toDecimal256({value.Number}, {Scale(value, properties)})" : $"toFloat64({value.Number})";
        if (value.IsTime) return value.Time;
        return value.IsBoolean ? $"lower({value.Text})" : value.Text;
    }

    public static IReadOnlyList<string> Constants(SqlValue value, CheckProperties properties) =>
        [.. properties.List("list").Select(text => Constant(value, text, properties)).OfType<string>().DefaultIfEmpty("NULL")];

    /// <summary>Elements that are not of the field's type can never occur, and would make the check mean something else than it says.</summary>
    public static IEnumerable<CheckFault> Review(CheckReview check)
    {
        var list = check.Properties.List("list");
        if (check.Properties.Raw("list") is not null && list.Count == 0)
            yield return CheckFault.Property("list", "must not be empty");
        Func<string, bool>? fits = check.Type switch
        {
            FieldType.Integral or FieldType.Fractional => text => CheckProperties.NumberOf(text) is not null,
            FieldType.Date or FieldType.Timestamp => text => CheckProperties.TimeOf(text) is not null,
            FieldType.Boolean => text => bool.TryParse(text, out _),
            _ => null,
        };
        if (fits is not null && list.FirstOrDefault(text => !fits(text)) is { } wrong)
            yield return CheckFault.Property("list", $"holds '{wrong}', which is not of type {check.Type}");
    }

    /// <summary>The value of the list that is least edits away, where it is near and alone in that.</summary>
    public static Suggestion? Nearest(CheckScope check, string? value)
    {
        if (value is null || value.Length < 3) return null;
        var near = check.Properties.List("list")
            .Select(text => (Text: text, Score: Similarity.Of(value.Trim().ToLowerInvariant(), text.ToLowerInvariant())))
            .OrderByDescending(n => n.Score).Take(2).ToList();
        return near.Count > 0 && near[0].Score >= 0.6 && (near.Count == 1 || near[1].Score < near[0].Score)
            ? new(check.Check.Fields[0], near[0].Text, Math.Round(near[0].Score, 3))
            : null;
    }

    private static string? Constant(SqlValue value, string text, CheckProperties properties)
    {
        if (value.IsNumber)
        {
            return CheckProperties.NumberOf(text) is not { } number ? null
                : Exact(value) ? $"toDecimal256('{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}', {Scale(value, properties)})"
                : $"toFloat64('{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}')";
        }

        if (value.IsTime) return CheckProperties.TimeOf(text) is { } time ? SqlValue.Constant(time) : null;
        return EngineLiteral.Quote(value.IsBoolean ? text.ToLowerInvariant() : text);
    }

    private static bool Exact(SqlValue value) => value.Type.Kind is SqlKind.Integer or SqlKind.Decimal;

    private static int Scale(SqlValue value, CheckProperties properties) => Math.Max(
        value.Type.Kind == SqlKind.Decimal ? value.Type.Scale : 0,
        properties.List("list").Select(t => CheckProperties.NumberOf(t) is { } n ? (int)n.Scale : 0).DefaultIfEmpty().Max());
}
