using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Enrichment;

/// <summary>Linking, switching, unlinking and deleting, also while evidence waits.</summary>
public sealed class LinkTests(AssayServer assay)
{
    [Fact]
    public async Task Link_NeedsAStoreThatCanBeWritten_AndThePlanSaysWhatWillBeThere()
    {
        var source = await assay.CreateDatastoreId(("enrichment_prefix", "sales"));
        var dead = await assay.CreateEnrichmentStoreId(("connection", UnreachablePostgres()), ("database", "d"), ("schema", "public"));
        var store = await assay.PostgresStore();
        await store.Server.RunSqlAsync(store.Database, $"REVOKE CREATE ON SCHEMA public FROM {store.Role.Name}");

        (await Link(source, dead)).Expect(400).Message!.ShouldStartWith($"The enrichment datastore id: {dead} cannot be written: ");
        (await Link(source, store.Id)).Expect(400);
        var refused = (await assay.Admin.Get($"{Stores}/{source}/enrichment/{store.Id}")).Expect(200).Json;
        ((bool)refused["connected"]!).ShouldBeFalse();
        ((string?)refused["message"]).ShouldNotBeNullOrEmpty();
        await store.Server.RunSqlAsync(store.Database, $"GRANT CREATE ON SCHEMA public TO {store.Role.Name}");
        var plan = (await assay.Admin.Get($"{Stores}/{source}/enrichment/{store.Id}")).Expect(200).Json;
        ((bool)plan["connected"]!, (string?)plan["message"]).ShouldBe((true, null));
        plan["tables"]!.AsArray().Select(t => (string)t!).ShouldBe(["_sales_check_metrics", "_sales_failed_checks", "_sales_source_records", "_sales_scan_operations"]);
        (await Link(source, store.Id)).Expect(200);
        (await assay.Admin.Get($"{Stores}/{source}/enrichment/{source}")).Expect(409);
        ((string?)(await assay.Admin.Get($"{Stores}/{await assay.CreateDatastoreId()}/enrichment")).Expect(200).Json["state"]).ShouldBe("unlinked");
        (await store.Query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task StoreOfATypeThatCannotBeWritten_Is409() =>
        (await assay.Admin.Post(Stores, new JsonObject
        {
            ["name"] = People.Unique("Store"),
            ["connection"] = UnreachablePostgres().With(new JsonObject { ["type"] = "timescale" }),
            ["schema"] = "x",
            ["enrichment_only"] = true,
        })).Expect(409).Detail!.ShouldContain("cannot be enrichment stores");

    [Fact]
    public async Task Switch_SendsWhatWaitsToTheNewStore_UnlinkDropsIt()
    {
        var (one, two) = (await assay.PostgresStore(), await assay.PostgresStore());
        var (datastore, _, prefix) = await assay.Linked(Enriching.Orders, one.Id);
        await assay.OrderChecks(datastore);
        await using var first = await EvidenceHold.OnAsync(assay, one.Id);
        await assay.Scan(datastore);

        (await Link(datastore, two.Id)).Expect(200);
        await assay.Delivered(datastore);

        (await two.Query($"SELECT COUNT(*) FROM {prefix}_failed_checks")).ShouldBe(["3"]);
        (await one.Query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).ShouldBeEmpty();

        await using var second = await EvidenceHold.OnAsync(assay, two.Id);
        await assay.Scan(datastore);
        ((long)(await assay.Admin.Get($"{Stores}/{two.Id}/enrichment")).Json["pending"]!).ShouldBe(1);
        (await assay.Admin.Delete($"{Stores}/{datastore}/enrichment")).Expect(204);
        ((long)(await assay.Admin.Get($"{Stores}/{two.Id}/enrichment")).Json["pending"]!).ShouldBe(0);
        (await two.Query($"SELECT COUNT(*) FROM {prefix}_failed_checks")).ShouldBe(["3"]);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("materialize")]
    public async Task Unlink_WhileTheStoreIsWrittenByAnOperation_Is409(string type)
    {
        var (one, two) = (await assay.CreateEnrichmentStoreId(), await assay.CreateEnrichmentStoreId());
        var source = await assay.CreateDatastoreId(("enrichment_datastore_id", one));
        var running = await assay.SeedRunning(source, type);

        (await assay.Admin.Delete($"{Stores}/{source}/enrichment")).Expect(409).Detail.ShouldBe("Cannot disconnect enrichment datastore: active export or materialize operations exist");
        (await Link(source, two)).Expect(409);
        await assay.EndSeeded(running);
        (await assay.Admin.Delete($"{Stores}/{source}/enrichment")).Expect(204);
    }

    [Fact]
    public async Task Delete_LeavesTheTables_UnlessItIsAskedToDropThem()
    {
        var store = await assay.PostgresStore();
        var (kept, _, keptPrefix) = await assay.Linked(Enriching.Orders, store.Id, "append");
        var (dropped, _, droppedPrefix) = await assay.Linked(Enriching.Orders, store.Id, "append");
        foreach (var datastore in new[] { kept, dropped })
        {
            await assay.OrderChecks(datastore);
            await assay.ScanAndDeliver(datastore);
        }

        (await assay.Admin.Delete($"{Stores}/{kept}")).Expect(204);
        (await assay.Admin.Delete($"{Stores}/{dropped}?drop_enrichment_tables=true")).Expect(204);
        await assay.UntilEnrichment(store.Id, e => (long)e["pending"]! == 0);

        (await store.Query($"SELECT COUNT(*) FROM pg_tables WHERE tablename LIKE '{keptPrefix}%'")).ShouldBe(["5"]);
        (await store.Query($"SELECT COUNT(*) FROM pg_tables WHERE tablename LIKE '{droppedPrefix}%'")).ShouldBe(["0"]);
        var listed = (await assay.Admin.Get($"{Stores}/{store.Id}/listing")).Expect(200).Json.AsArray();
        listed.Count.ShouldBe(5);
        listed.ShouldAllBe(t => t!["datastore"] == null);
        (await assay.Written(store.Id, $"{keptPrefix}_scan_operations")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task WrittenTables_AreShownToWhoSeesTheirSource_AndRowsToViewers()
    {
        var store = await assay.PostgresStore();
        var (seen, _, seenPrefix) = await assay.Linked(Enriching.Orders, store.Id);
        var (hidden, _, hiddenPrefix) = await assay.Linked(Enriching.Orders, store.Id);
        foreach (var datastore in new[] { seen, hidden })
        {
            await assay.OrderChecks(datastore);
            await assay.ScanAndDeliver(datastore);
        }
        (await assay.Admin.Put($"{Stores}/{store.Id}", new JsonObject { ["teams"] = Names(People.Unique("Store team")) })).Expect(200);
        var viewer = await assay.CreateMember("Viewer", seen, store.Id);
        var reporter = await assay.CreateMember("Reporter", seen, store.Id);

        (await viewer.Api.Get($"{Stores}/{store.Id}/listing")).Expect(200).Json.AsArray().Select(t => (long)t!["datastore"]!["id"]!).Distinct().ShouldBe([seen]);
        (await viewer.Api.Get($"{Stores}/{store.Id}/source-records?path={seenPrefix}_failed_checks&limit=1")).Expect(200).Json["source_records"].ShouldNotBeNull();
        (await viewer.Api.Get($"{Stores}/{store.Id}/source-records?path={hiddenPrefix}_failed_checks")).Expect(404);
        (await reporter.Api.Get($"{Stores}/{store.Id}/source-records?path={seenPrefix}_failed_checks")).Expect(403);
        (await viewer.Api.Get($"{Stores}/{store.Id}/source-records?path={seenPrefix}_failed_checks&filter=nope%20%3D%201")).Expect(422).Errors().ShouldContain(e => e.Loc == "query.filter");
        (await viewer.Api.Get($"{Stores}/{store.Id}/source-records")).Expect(422);
        (await viewer.Api.Post($"{Stores}/{seen}/enrichment/retry")).Expect(403);
    }

    [Fact]
    public async Task LongPrefixes_GiveNamesThatEveryStoreTakes()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, _) = await assay.Linked(Enriching.Orders, store.Id);
        (await assay.Admin.Put($"{Stores}/{datastore}", new JsonObject { ["enrichment_prefix"] = "_" + new string('売', 59) })).Expect(200);
        await assay.OrderChecks(datastore);

        await assay.ScanAndDeliver(datastore);

        (await assay.Admin.Get($"{Stores}/{store.Id}/listing")).Expect(200).Json.AsArray().Count.ShouldBe(4);
        (await store.Query("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%売%_failed_checks'")).ShouldBe(["1"]);
    }

    private Task<Answer> Link(long source, long enrichment) => assay.Admin.Patch($"{Stores}/{source}/enrichment/{enrichment}");
}
