using Assay.Sources.Tests.Files;
using Assay.Testing.Azure;
using Assay.Testing.Npm;

namespace Assay.Sources.Tests.Abfs;

/// <summary>Against Microsoft's own emulator, which verifies signatures.</summary>
public class AbfsStoreTests : IAsyncLifetime
{
    private readonly FileSource abfs = new("abfs");
    private AzureBlobServer server = null!;
    private string container = "";

    public async ValueTask InitializeAsync()
    {
        server = await AzureBlobServer.SharedAsync();
        container = await server.CreateContainerAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Uri(string? name = null) => $"abfs://{name ?? container}@{AzureBlobServer.Account}.dfs.core.windows.net";

    private ConnectionSettings Settings(string? uri = null, string key = AzureBlobServer.Key) =>
        abfs.Settings(uri ?? Uri(), AzureBlobServer.Account, key, new { endpoint = server.Endpoint });

    [Fact]
    public async Task List_RealFiles_AreContainersWithFieldsAndPartitions()
    {
        await server.PutAsync(container, "raw/airports.csv", NpmPackages.Vega("airports.csv"));
        await server.PutAsync(container, "raw/stocks_2019.csv", "symbol,price\nA,1.5\n");
        await server.PutAsync(container, "raw/stocks_2020.csv", "symbol,price\nB,2\n");
        var containers = await abfs.ListAsync(Settings(), "/raw/");
        containers.Select(c => c.Name).ShouldBe(["airports.csv", "stocks_*.csv"]);
        containers[0].Fields.Select(f => $"{f.Name} {f.Type}").ShouldBe(
            ["iata String", "name String", "city String", "state String", "country String", "latitude Fractional", "longitude Fractional"]);
        containers[1].Partitions.Select(p => p.Location).ShouldBe([$"{Uri()}/raw/stocks_2019.csv", $"{Uri()}/raw/stocks_2020.csv"]);
        containers[1].Partitions[0].Size.ShouldBe(19);
        containers[1].Partitions[0].Modified!.Value.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task List_SeveralPages_IsComplete()
    {
        await Parallel.ForAsync(0, 25, async (i, _) => await server.PutAsync(container, $"many/f_{i:D2}.csv", "a\n1\n"));
        await using var store = new OpenStore(abfs, Settings());
        var keys = new List<string>();
        await foreach (var file in store.Files.ListAsync("", 10, true, TestContext.Current.CancellationToken)) keys.Add(file.Key);
        keys.ShouldBe(Enumerable.Range(0, 25).Select(i => $"many/f_{i:D2}.csv"));
    }

    [Fact]
    public async Task List_OddKeys_KeepTheirSpelling()
    {
        string[] keys = ["ünï/日本.csv", "sp ace/pl+us.csv", "per%20cent.csv", "am&p<x>.csv", "qu'ote\".csv", "emoji😀.csv", "sem;i=colon,.csv", "[x]{y}.csv", "a//b.csv"];
        foreach (var key in keys) await server.PutAsync(container, key, "id,name\n1,x\n");
        var containers = await abfs.ListAsync(Settings());
        containers.Select(c => c.Name).Order(StringComparer.Ordinal).ShouldBe(keys.Order(StringComparer.Ordinal));
        containers.ShouldAllBe(c => c.Problem == null && c.Fields.Count == 2);
    }

    [Fact]
    public async Task Test_ContainerWithFiles_PassesEveryStepAndWrites()
    {
        await server.PutAsync(container, "raw/x.csv", "id\n1\n");
        var report = await abfs.TestAsync(Settings(), "/raw/", forWriting: true);
        report.Fault.ShouldBeNull();
        report.Steps.Count.ShouldBe(7);
        report.Steps.ShouldAllBe(s => s.Result == TestStepResult.Passed);
        (await abfs.NamesAsync(Settings())).ShouldBe(["raw/x.csv"]);
    }

    [Fact]
    public async Task Test_MissingPrefix_IsAWarning() =>
        (await abfs.TestAsync(Settings(), "/nothing/here/")).Steps.Single(s => s.Result == TestStepResult.Warning).Name.ShouldBe("list under root path");

    [Fact]
    public async Task Test_MissingContainer_SaysSo()
    {
        var report = await abfs.TestAsync(Settings(Uri("no-such-container")));
        report.Fault!.Code.ShouldBe(SourceFaultCode.NotFound);
        report.Fault.Step.ShouldBe("find bucket");
        report.Fault.Message.ShouldContain("no container 'no-such-container'");
    }

    [Fact]
    public async Task Test_WrongKey_SaysSo()
    {
        var report = await abfs.TestAsync(Settings(key: "d3JvbmcgYWNjb3VudCBrZXk="));
        report.Fault!.Code.ShouldBe(SourceFaultCode.SignInFailed);
        report.Fault.Step.ShouldBe("check credentials");
        report.Fault.Message.ShouldContain("key is not one of the account");
    }

    [Fact]
    public async Task List_WrongKey_ThrowsInsteadOfBeingEmpty() =>
        (await Should.ThrowAsync<SourceException>(() => abfs.ListAsync(Settings(key: "d3Jvbmc=")))).Fault.Code.ShouldBe(SourceFaultCode.SignInFailed);
}
