namespace Assay.Sources.Tests.Local;

public sealed class LocalConnectionTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<TestReport> TestAsync(SourceTarget target, bool forWriting = false) =>
        await LocalSource.Connector(folder.Path).TestAsync(target, new TestIntent(forWriting), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Test_FolderWithFiles_PassesEveryStep()
    {
        folder.With("a.csv");
        var report = await TestAsync(LocalSource.Target());
        report.Connected.ShouldBeTrue();
        report.Steps.Select(s => s.Name).ShouldBe(["reach endpoint", "check credentials", "find bucket", "list under root path", "read an object"]);
        report.Steps.ShouldAllBe(s => s.Result == TestStepResult.Passed);
    }

    [Fact]
    public async Task Test_MissingRootPath_IsAWarningOnly()
    {
        var report = await TestAsync(LocalSource.Target("/not/yet/"));
        report.Connected.ShouldBeTrue();
        var list = report.Steps.Single(s => s.Name == "list under root path");
        list.Result.ShouldBe(TestStepResult.Warning);
        list.Detail!.ShouldContain("/not/yet/");
        report.Steps.Single(s => s.Name == "read an object").Result.ShouldBe(TestStepResult.Skipped);
    }

    [Fact]
    public async Task Test_MissingFolderOfTheConnection_IsAFault()
    {
        var report = await TestAsync(LocalSource.Target(uri: "file:///gone"));
        report.Fault!.Code.ShouldBe(SourceFaultCode.NotFound);
        report.Steps.Single(s => s.Result == TestStepResult.Failed).Name.ShouldBe("find bucket");
    }

    [Fact]
    public async Task Test_ForWriting_LeavesNothingBehind()
    {
        var report = await TestAsync(LocalSource.Target("/new/"), forWriting: true);
        report.Connected.ShouldBeTrue(report.Fault?.Message);
        report.Steps.TakeLast(2).Select(s => (s.Name, s.Result)).ShouldBe(
            [("write an object", TestStepResult.Passed), ("delete an object", TestStepResult.Passed)]);
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }
}
