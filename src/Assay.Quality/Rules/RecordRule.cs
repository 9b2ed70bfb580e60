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
