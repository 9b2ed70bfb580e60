using Assay.Quality.Expressions;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Relations;

/// <summary>The values of another container's field, as a set that is read once.</summary>
internal static class ReferencedValues
{
    /// <summary>A condition that is true where the value is in the set; NULL where the value is NULL.</summary>
    public static string Contain(RowScope row)
    {
        var reference = row.Reference ?? throw new ReferenceMissingException();
        var other = reference.Value(row.Properties.Text("field_name")!);
        var (own, theirs) = Alike(row.Value, other);
        var filter = row.Properties.Text("ref_filter") is { Length: > 0 } text ? $" AND ({reference.Condition(text, row.Settings)})" : "";
        return $"if({row.Value.IsNull}, NULL, {own} IN (SELECT {theirs} FROM {reference.From} WHERE {other.IsNotNull}{filter}))";
    }

    public static string Where(CheckScope check) => check.Reference is { } name ? $" of `{name}`" : "";

    /// <summary>Both values in a type in which equal ones are equal, whichever kinds of stores they come from.</summary>
    public static (string A, string B) Alike(SqlValue a, SqlValue b)
    {
        if (a.IsNumber && b.IsNumber)
        {
            if (!Exact(a) || !Exact(b)) return ($"toFloat64({a.Number})", $"toFloat64({b.Number})");
            var scale = Math.Max(a.Type.Kind == SqlKind.Decimal ? a.Type.Scale : 0, b.Type.Kind == SqlKind.Decimal ? b.Type.Scale : 0);
            return ($"toDecimal256({a.Number}, {scale})", $"toDecimal256({b.Number}, {scale})");
        }

        if (a.IsTime && b.IsTime) return (a.Time, b.Time);
        if (a.IsBoolean && b.IsBoolean) return ($"lower({a.Text})", $"lower({b.Text})");
        return (a.Text, b.Text);
    }

    private static bool Exact(SqlValue value) => value.Type.Kind is SqlKind.Integer or SqlKind.Decimal;
}
