using Assay.Quality.Expressions;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules;

/// <summary>A rule that each row keeps or breaks on its own.</summary>
internal abstract class RecordRule(RuleSpec spec) : Rule(spec)
{
    /// <summary>
    /// An expression of the engine that is true where the row breaks the rule. NULL counts as kept, so that a plain comparison
    /// lets NULLs pass.
    /// </summary>
    internal abstract string Broken(RowScope row);

    /// <summary>
    /// An aggregate that is false where surely no row breaks the rule, and that costs less than looking at each: rows are counted only where it is true.
    /// Null where there is none.
    /// </summary>
    internal virtual string? Doubt(RowScope row) => KeepsInterval(row) && row.Value.Type.Kind is SqlKind.Integer or SqlKind.Decimal or SqlKind.Date or SqlKind.Timestamp
        ? $"ifNull({Broken(End(row, "min"))}, 0) OR ifNull({Broken(End(row, "max"))}, 0)"
        : null;

    /// <summary>The same by looking at each different value once: worth it only where several checks on a field do. Null where there is none.</summary>
    internal virtual string? DoubtByValue(RowScope row) => null;

    /// <summary>Whether values that keep the rule lie side by side, so that the least and the greatest speak for all others.</summary>
    private protected virtual bool KeepsInterval(RowScope row) => false;

    private static RowScope End(RowScope row, string end) => row with { Values = [row.Value with { Sql = $"{end}({row.Value.Sql})" }] };

    /// <summary>What is wrong with the row or rows, behind <c>is</c> or <c>are</c> where it has them.</summary>
    internal abstract Tail Tail(CheckScope check);

    /// <summary>The message about one row.</summary>
    /// <param name="check">The check.</param>
    /// <param name="value">The offending value as text; null for NULL.</param>
    /// <param name="record">Gives the text of any field of the row.</param>
    internal virtual string RecordMessage(CheckScope check, string? value, Func<string, string?> record) =>
        $"The {check.FieldList} value of {Shown(value)} {Tail(check).One}";

    /// <summary>The message about many rows.</summary>
    internal virtual string ShapeMessage(CheckScope check, long asserted, long broken) =>
        $"In {check.FieldList}, {Share.Text(broken, asserted)} of {asserted} filtered records ({broken}) {Tail(check).Many}";

    /// <summary>A value that would keep the rule in place of the offending one, where there is an obvious one.</summary>
    internal virtual Suggestion? Suggest(CheckScope check, string? value) => null;

    private protected static string Shown(string? value) => value is null ? "NULL" : $"`{value}`";
}
