namespace Assay.Sources.Tests.Local;

public sealed class LocalListingTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task List_FilesInFolders_AreGroupedFolderByFolder()
    {
        folder.With("orders_1.csv").With("orders_2.csv").With("sub/orders_1.csv").With("sub/orders_2.csv").With("sub/deep/x.json", "{}").With("notes.md");
        (await LocalSource.NamesAsync(folder.Path)).ShouldBe(["orders_*.csv", "sub/deep/x.json", "sub/orders_*.csv"]);
    }

    [Fact]
    public async Task List_OfNames_LooksIntoNoOtherFile()
    {
        folder.With("orders_1.csv").With("orders_2.csv").With("sub/orders_1.csv").With("sub/orders_2.csv").With("sub/other.csv").With("sub/deep/x.json", "{}");
        var asked = new List<ContainerStructure>();
        var options = new ListOptions
        {
            Names = new HashSet<string> { "sub/orders_*.csv", "sub/deep/x.json", "sub/none.csv" },
            LookInto = outline =>
            {
                asked.Add(outline);
                return outline.Name != "sub/deep/x.json";
            },
        };

        var found = await LocalSource.Connector(folder.Path).ListContainersAsync(LocalSource.Target(), options, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        found.Select(c => (c.Name, c.Fields.Count > 0)).ShouldBe([("sub/orders_*.csv", true)]);
        asked.Select(c => (c.Name, c.Fields.Count, c.Partitions.Count)).ShouldBe([("sub/deep/x.json", 0, 1), ("sub/orders_*.csv", 0, 2)], ignoreOrder: true);
        asked.Single(c => c.Partitions.Count == 2).Partitions.Select(p => (p.Name, p.Location, p.Size, p.Modified)).ShouldBe(found[0].Partitions.Select(p => (p.Name, p.Location, p.Size, p.Modified)));
    }

    [Fact]
    public async Task List_Group_NamesEachFileAsPartition()
    {
        folder.With("sub/orders_1.csv").With("sub/orders_2.csv", "id\n1\n");
        File.SetLastWriteTimeUtc(folder["sub/orders_1.csv"], new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc));
        var container = await LocalSource.SingleAsync(folder.Path);
        container.Kind.ShouldBe(ContainerKind.File);
        container.File.ShouldNotBeNull();
        container.File.Pattern.ShouldBe("sub/orders_*.csv");
        container.File.RelativePath.ShouldBe("sub/");
        container.File.Extension.ShouldBe(".csv");
        container.Partitions.Select(p => (p.Name, p.Location, p.Size)).ShouldBe(
            [("sub/orders_1.csv", "file:///sub/orders_1.csv", 16), ("sub/orders_2.csv", "file:///sub/orders_2.csv", 5)]);
        container.Partitions[0].Modified.ShouldBe(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task List_RootPath_CoversThatFolderOnly()
    {
        folder.With("a.csv").With("raw/b.csv").With("raw/2026/c.csv").With("raw2/d.csv");
        (await LocalSource.NamesAsync(folder.Path, "raw")).ShouldBe(["2026/c.csv", "b.csv"]);
        (await LocalSource.NamesAsync(folder.Path, "/2026/", "file:///raw")).ShouldBe(["c.csv"]);
        (await LocalSource.NamesAsync(folder.Path, "/nowhere/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_OddNames_KeepTheirSpelling()
    {
        string[] names = ["Zürich_日本 (1).csv", "a b.csv", "emoji😀.csv", "quote'\".csv", "star*.csv", "{x}[y].csv", "100%.csv"];
        foreach (var name in names) folder.With($"o d d/{name}");
        var containers = await LocalSource.ListAsync(folder.Path);
        containers.SelectMany(c => c.Partitions).Select(p => p.Name).Order().ShouldBe(names.Select(n => $"o d d/{n}").Order());
        containers.ShouldAllBe(c => c.Problem == null);
        containers.Select(c => c.Name).ShouldContain(@"o d d/star\*.csv");
    }

    [Fact]
    public async Task List_FolderGlobbing_TakesAllFilesOfAFolderAndExtensionTogether()
    {
        folder.With("sales/a.csv").With("sales/zzz9.csv").With("sales/b.json", "{\"x\":1}").With("other/c.csv");
        (await LocalSource.NamesAsync(folder.Path, globbing: true)).ShouldBe(["other/*.csv", "sales/*.csv", "sales/*.json"]);
    }

    [Fact]
    public async Task List_FolderGlobbing_TakesPartitionFoldersTogether()
    {
        folder.With("sales/dt=2026-01-01/r=eu/p1.csv").With("sales/dt=2026-01-02/r=us/p2.csv").With("sales/all.csv").With("sales/x/y.csv");
        (await LocalSource.NamesAsync(folder.Path, globbing: true)).ShouldBe(["sales/*.csv", "sales/dt=*/r=*/*.csv", "sales/x/*.csv"]);
        (await LocalSource.NamesAsync(folder.Path)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task List_HiddenAndUncommittedFiles_ArePassedOver()
    {
        folder.With(".hidden.csv").With(".git/a.csv").With("x/.cache/a.csv").With("x/_temporary/0/a.csv").With("x/~$b.xlsx").With("x/a.csv");
        (await LocalSource.NamesAsync(folder.Path)).ShouldBe(["x/a.csv"]);
    }

    [Fact]
    public async Task List_DeltaAndIcebergFolders_AreOneContainerEach()
    {
        folder
            .With("lake/orders/_delta_log/00000000000000000000.json", "{}").With("lake/orders/Region=EU/part-1.parquet", "x").With("lake/orders/part-2.parquet", "x")
            .With("lake/events/data/00000-0.parquet", "x").With("lake/events/metadata/v1.metadata.json", "{}").With("lake/events/metadata/snap-1.avro", "x")
            .With("lake/empty.delta/readme.txt", "x").With("lake/metadata/notes.json", "{\"a\":1}").With("lake/plain.csv");
        var containers = await LocalSource.ListAsync(folder.Path);
        containers.Select(c => (c.Name, c.File!.Format)).OrderBy(c => c.Name, StringComparer.Ordinal).ShouldBe(
            [("lake/empty.delta", "delta"), ("lake/events", "iceberg"), ("lake/metadata/notes.json", "json"), ("lake/orders", "delta"), ("lake/plain.csv", "csv")]);
        var orders = containers.Single(c => c.Name == "lake/orders").Partitions.ShouldHaveSingleItem();
        orders.Name.ShouldBe("lake/orders");
        orders.Size.ShouldBe(4);
    }

    [Fact]
    public async Task List_RootThatIsATable_IsCalledByItsFolder()
    {
        folder.With("lake/orders/_delta_log/0.json", "{}").With("lake/orders/p.parquet", "x");
        (await LocalSource.NamesAsync(folder.Path, "/lake/orders/")).ShouldBe(["orders"]);
    }
}
