using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>Asserts that the text contains a US social security number that can have been issued. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class ContainsSocialSecurityNumber() : RecordRule(new("containsSocialSecurityNumber", "Asserts that the text contains a US social security number that can have been issued.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Dimension = ScoreDimension.Conformity,
    Weight = 3,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
})
{
    internal override string Broken(RowScope row) => $"{row.Value.IsNotNull} AND NOT {TextPatterns.HoldsSocialSecurityNumber(row.Value.SureText)}";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.DoesNot("contain a social security number");
}
