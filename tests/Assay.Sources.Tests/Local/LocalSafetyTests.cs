namespace Assay.Sources.Tests.Local;

public sealed class LocalSafetyTests : IDisposable
{
    private readonly TempFolder root = new();
    private readonly TempFolder outside = new();

    public void Dispose()
    {
        root.Dispose();
        outside.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Test_NoFilesRoot_SaysHowToSwitchOn(string? filesRoot)
    {
        var connector = LocalSource.Connector(filesRoot);
        connector.Validate(LocalSource.Target().Connection).ShouldHaveSingleItem().Message.ShouldContain("ASSAY_FILES_ROOT");
        var report = await connector.TestAsync(LocalSource.Target(), new TestIntent(), Cancel);
        report.Fault!.Message.ShouldContain("ASSAY_FILES_ROOT");
    }

    [Fact]
    public async Task List_LinksOutOfTheRoot_AreNotFollowed()
    {
        outside.With("secret.csv").With("dir/secret2.csv");
        root.With("ok.csv");
        File.CreateSymbolicLink(root["link.csv"], outside["secret.csv"]);
        Directory.CreateSymbolicLink(root["dir"], outside.Path);
        Directory.CreateSymbolicLink(root["relative"], Path.Combine("..", Path.GetFileName(outside.Path)));
        Directory.CreateDirectory(root["sub"]);
        Directory.CreateSymbolicLink(root["sub/chain"], root["dir"]);
        (await LocalSource.NamesAsync(root.Path)).ShouldBe(["ok.csv"]);
    }

    [Fact]
    public async Task List_RootPathThroughALinkOutOfTheRoot_IsRefused()
    {
        outside.With("secret.csv");
        Directory.CreateSymbolicLink(root["dir"], outside.Path);
        foreach (var target in new[] { LocalSource.Target("/dir/"), LocalSource.Target(uri: "file:///dir") })
        {
            var report = await LocalSource.Connector(root.Path).TestAsync(target, new TestIntent(), Cancel);
            report.Fault!.Code.ShouldBe(SourceFaultCode.PermissionDenied);
            report.Fault.Message.ShouldContain("outside the files root");
        }
    }

    [Fact]
    public async Task Test_ForWritingThroughALinkOutOfTheRoot_WritesNothing()
    {
        Directory.CreateSymbolicLink(root["dir"], outside.Path);
        var report = await LocalSource.Connector(root.Path).TestAsync(LocalSource.Target("/dir/new/"), new TestIntent(ForWriting: true), Cancel);
        report.Connected.ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(outside.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_LinksWithinTheRoot_AreFollowedOnceEachWay()
    {
        root.With("data/a.csv");
        Directory.CreateSymbolicLink(root["data/loop"], root.Path);
        File.CreateSymbolicLink(root["alias.csv"], root["data/a.csv"]);
        (await LocalSource.NamesAsync(root.Path)).ShouldBe(["alias.csv", "data/a.csv"]);
    }

    [Fact]
    public async Task List_FilesRootIsItselfALink_IsResolvedFirst()
    {
        outside.With("a.csv");
        Directory.CreateSymbolicLink(root["files"], outside.Path);
        (await LocalSource.NamesAsync(root["files"])).ShouldBe(["a.csv"]);
    }

    [Theory]
    [InlineData("/../", null)]
    [InlineData("/a/../../b", null)]
    [InlineData("/", "file:///../etc")]
    [InlineData("/", "/etc")]
    [InlineData("/", "s3://bucket")]
    public async Task Test_PathThatClimbs_IsInvalid(string rootPath, string? uri)
    {
        var report = await LocalSource.Connector(root.Path).TestAsync(LocalSource.Target(rootPath, uri), new TestIntent(), Cancel);
        report.Fault!.Code.ShouldBe(SourceFaultCode.InvalidSettings);
    }

    [Fact]
    public void Validate_FieldsOfOtherConnectors_AreNamed()
    {
        var settings = new ConnectionSettings { Type = "local", Host = "h", Parameters = new Dictionary<string, System.Text.Json.JsonElement> { ["region"] = default } };
        LocalSource.Connector(root.Path).Validate(settings).Select(p => string.Join('.', p.Field)).ShouldBe(["host", "parameters.region"]);
    }

    [Fact]
    public void CheckScope_RootPath_IsSettledOrNamed()
    {
        var connector = LocalSource.Connector(root.Path);
        connector.CheckScope(new SourceScope(RootPath: "raw//x")).Scope.RootPath.ShouldBe("/raw//x/");
        connector.CheckScope(new SourceScope(RootPath: "../x")).Problems.ShouldHaveSingleItem().Field.ShouldBe(["root_path"]);
    }
}
