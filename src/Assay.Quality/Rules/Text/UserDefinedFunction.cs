using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>Asserts that a Scala function returns true for the value. Assay stores such checks and does not run them: it has no Scala.</summary>
internal sealed class UserDefinedFunction() : MeasuredRule(new(
    "userDefinedFunction", "Asserts that a Scala function returns true for the value. Kept and shown, but not asserted: Assay runs no Scala.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Anomaly = AnomalyKind.Shape,
    Weight = 3,
    Executable = false,
    Nulls = "Not asserted.",
    Properties = [new("assertion", PropertyType.Scala, "Scala Assertion") { Info = "The function." }],
})
{
    internal override Verdict Judge(CheckScope check, ContainerMeasurements container) =>
        Verdict.NotAsserted("userDefinedFunction is not executable here: Assay runs no Scala. satisfiesExpression takes Spark SQL.");
}
