namespace Assay.Sources.Tests;

internal static class TestReportAssertions
{
    public static SourceFault ShouldFailWith(this TestReport report, SourceFaultCode code, string step)
    {
        var fault = report.Fault.ShouldNotBeNull();
        fault.Code.ShouldBe(code, fault.Message);
        fault.Step.ShouldBe(step);
        report.Connected.ShouldBeFalse();
        report.Steps.Single(s => s.Result == TestStepResult.Failed).ShouldSatisfyAllConditions(
            s => s.Name.ShouldBe(step), s => s.Detail.ShouldBe(fault.Message));
        return fault;
    }
}
