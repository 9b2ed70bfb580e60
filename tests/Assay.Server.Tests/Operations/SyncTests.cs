using System.Text.Json.Nodes;
using Assay.Server.Containers;
using Assay.Server.Fields;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Operations;

public sealed class SyncTests(AssayServer assay)
{
    [Fact]
    public async Task Sync_OfANewDatastore_StoresWhatTheSourceHas()
    {
        var database = await CreateDatabase("""
            CREATE TABLE orders (id int PRIMARY KEY, placed timestamptz NOT NULL, note text);
            COMMENT ON TABLE orders IS 'What was bought';
            CREATE VIEW recent AS SELECT id FROM orders;
            INSERT INTO orders SELECT i, now(), 'x' FROM generate_series(1, 1000) i; ANALYZE orders;
            """);
        var datastore = await assay.RegisterPostgres(database);

        var done = await assay.SyncWell(datastore);

        done.Message.ShouldBeNull();
        done.Containers.ShouldBe((2, 0, 0, 0));
        done.Fields.ShouldBe((4, 0, 0));
        var containers = await Containers(datastore);
        containers.Select(c => (c.Name, c.TableType, c.Remarks, c.Records, c.FieldCount)).ShouldBe(
            [("orders", "table", "What was bought", 1000L, 3L), ("recent", "view", null, null, 1L)]);
        (await Fields(containers[0].Id)).Select(f => (f.Name, f.Type, f.Status)).ShouldBe(
            [("id", "Integral", "active"), ("placed", "Timestamp", "active"), ("note", "String", "active")]);
        var shown = (await assay.Admin.Get($"/api/datastores/{datastore}")).Expect(200).Json;
        ((bool)shown["connected"]!).ShouldBeTrue();
        ((long)shown["metrics"]!["containers"]!).ShouldBe(2);
        ((long)shown["metrics"]!["records"]!).ShouldBe(1000);
    }

    [Fact]
    public async Task Sync_WithNothingChanged_WritesNoContainer()
    {
        var datastore = await assay.RegisterPostgres(await CreateDatabase("CREATE TABLE a (id int); CREATE TABLE b (id int);"));
        await assay.SyncWell(datastore);
        var before = await Containers(datastore);

        var again = await assay.SyncWell(datastore);

        again.Message.ShouldBeNull();
        again.Containers.ShouldBe((0, 0, 0, 0));
        again.Fields.ShouldBe((0, 0, 0));
        again["containers_listed"].ShouldBe(2);
        (await Containers(datastore)).Select(c => c.Updated).ShouldBe(before.Select(c => c.Updated));
    }

    [Fact]
    public async Task Sync_OfChangedFields_CountsEachKindAndKeepsIdentity()
    {
        var database = await CreateDatabase("CREATE TABLE t (id int PRIMARY KEY, gone int, kept text, wider int)");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        var container = (await Containers(datastore)).Single();
        var before = await Fields(container.Id);
        await RunSql(database, "ALTER TABLE t DROP COLUMN gone, ALTER COLUMN wider TYPE bigint, ADD COLUMN fresh date");

        var done = await assay.SyncWell(datastore);

        done.Containers.ShouldBe((0, 1, 0, 0));
        done.Fields.ShouldBe((1, 1, 1));
        var after = await Fields(container.Id);
        after.Select(f => (f.Name, f.Status)).Order().ShouldBe([("fresh", "active"), ("gone", "missing"), ("id", "active"), ("kept", "active"), ("wider", "active")]);
        after.Where(f => f.Name != "fresh").Select(f => (f.Id, f.Name)).ShouldBe(before.Select(f => (f.Id, f.Name)), ignoreOrder: true);
        after.Single(f => f.Name == "wider").NativeType.ShouldBe("bigint");
        (await Containers(datastore)).Single().SyncState.ShouldBe("changed");
    }

    [Fact]
    public async Task Sync_OfAFieldThatCameBack_MakesItActiveAgain()
    {
        var database = await CreateDatabase("CREATE TABLE t (id int, comes int)");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        await RunSql(database, "ALTER TABLE t DROP COLUMN comes");
        await assay.SyncWell(datastore);
        await RunSql(database, "ALTER TABLE t ADD COLUMN comes int");

        var done = await assay.SyncWell(datastore);

        done.Fields.Added.ShouldBe(1);
        (await Fields((await Containers(datastore)).Single().Id)).Select(f => f.Status).ShouldAllBe(s => s == "active");
    }

    [Fact]
    public async Task Sync_WithoutPrune_KeepsVanishedContainersAndSaysSo()
    {
        var database = await CreateDatabase("CREATE TABLE stays (id int); CREATE TABLE goes (id int); CREATE TABLE third (id int)");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        await RunSql(database, "DROP TABLE goes");

        var done = await assay.SyncWell(datastore);

        done.Message!.ShouldContain("goes");
        done["containers_missing"].ShouldBe(1);
        var kept = (await Containers(datastore)).Single(c => c.Name == "goes");
        kept.DeletedAt.ShouldBeNull();
        kept.SyncState.ShouldBe("inaccessible");
    }

    [Fact]
    public async Task Sync_WithPrune_DropsVanishedContainersAndBringsThemBackWithTheirIdentity()
    {
        var database = await CreateDatabase("CREATE TABLE stays (id int); CREATE TABLE goes (id int, x text); CREATE TABLE third (id int)");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        var id = (await Containers(datastore)).Single(c => c.Name == "goes").Id;
        await RunSql(database, "DROP TABLE goes");

        var pruned = await assay.SyncWell(datastore, new() { ["prune"] = true });

        pruned.Containers.ShouldBe((0, 0, 0, 1));
        pruned.Message.ShouldBeNull();
        (await Containers(datastore)).Single(c => c.Id == id).DeletedAt.ShouldNotBeNull();
        (await MetricContainers(datastore)).ShouldBe(2);
        await RunSql(database, "CREATE TABLE goes (id int, x text)");

        var back = await assay.SyncWell(datastore);

        back.Containers.ShouldBe((0, 0, 1, 0));
        var restored = (await Containers(datastore)).Single(c => c.Name == "goes");
        restored.Id.ShouldBe(id);
        restored.DeletedAt.ShouldBeNull();
        (await MetricContainers(datastore)).ShouldBe(3);
    }

    [Fact]
    public async Task Sync_WithPruneOfMoreThanHalf_RemovesNothingUntilItIsConfirmed()
    {
        var database = await CreateDatabase("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE c (id int)");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        await RunSql(database, "DROP TABLE a, b");

        var first = await assay.SyncWell(datastore, new() { ["prune"] = true });

        first["containers_held_back"].ShouldBe(2);
        first.Message!.ShouldContain("2 of 3");
        (await Containers(datastore)).ShouldAllBe(c => c.DeletedAt == null);

        var second = await assay.SyncWell(datastore, new() { ["prune"] = true });

        second.Containers.Removed.ShouldBe(2);
        (await MetricContainers(datastore)).ShouldBe(1);
    }

    [Fact]
    public async Task Sync_WithPruneAfterAHeldBackOneAndMoreGone_IsHeldBackAgain()
    {
        var database = await CreateDatabase("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE c (id int)");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        await RunSql(database, "DROP TABLE a, b");
        await assay.SyncWell(datastore, new() { ["prune"] = true });
        await RunSql(database, "DROP TABLE c");

        var second = await assay.SyncWell(datastore, new() { ["prune"] = true });

        second["containers_held_back"].ShouldBe(3);
        (await MetricContainers(datastore)).ShouldBe(3);
    }

    [Fact]
    public async Task Sync_OfTablesOnly_DoesNotTouchViews()
    {
        var database = await CreateDatabase("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE VIEW v AS SELECT 1 AS one");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        await RunSql(database, "DROP VIEW v; DROP TABLE b");

        var tables = await assay.SyncWell(datastore, new() { ["include"] = new JsonArray("table"), ["prune"] = true });

        tables.Containers.Removed.ShouldBe(1);
        (await Containers(datastore)).Single(c => c.Name == "v").SyncState.ShouldBe("available");
    }

    [Fact]
    public async Task Sync_OfNamesThatDifferInCaseAndOfAwkwardOnes_KeepsThemApart()
    {
        string[] names = ["people", "PEOPLE", "People", "with space", "quo\"te", "semi;colon", "percent%s", "über", "表", "dot.ted", "new\nline", "😀", "'apos'"];
        var database = await CreateDatabase(string.Join(";", names.Select((n, i) =>
            $"CREATE TABLE \"{n.Replace("\"", "\"\"")}\" (\"{n.Replace("\"", "\"\"")}\" int, \"c{i}\" text)")));
        var datastore = await assay.RegisterPostgres(database);

        var done = await assay.SyncWell(datastore);

        done.Containers.Added.ShouldBe(names.Length);
        (await Containers(datastore)).Select(c => c.Name).ShouldBe(names, ignoreOrder: true);
        (await assay.SyncWell(datastore)).Containers.ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public async Task Sync_OfARenamedTable_MentionsTheLikelyRename()
    {
        var database = await CreateDatabase("CREATE TABLE before (id int, odd text, one date); CREATE TABLE other (x int); CREATE TABLE third (y int)");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        await RunSql(database, "ALTER TABLE before RENAME TO after");

        var done = await assay.SyncWell(datastore);

        done.Message!.ShouldContain("before to after");
    }

    [Fact]
    public async Task Sync_OfAnEmptySchema_IsCleanAndOfAMissingOneFails()
    {
        var database = await CreateDatabase("CREATE SCHEMA empty");
        var empty = await assay.RegisterPostgres(database, "empty");
        var missing = await assay.RegisterPostgres(database, "nowhere");

        (await assay.SyncWell(empty)).Message.ShouldBeNull();
        var failed = await assay.Sync(missing);

        ((string?)failed["result"]).ShouldBe("failure");
        ((string?)failed["message"])!.ShouldContain("nowhere");
        ((bool)(await assay.Admin.Get($"/api/datastores/{missing}")).Expect(200).Json["connected"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Sync_OfAThousandTables_IsCompleteAndAllCountsAgree()
    {
        var database = await CreateDatabase("DO $$ BEGIN FOR i IN 1..1000 LOOP EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, a text, b date)', i); END LOOP; END $$");
        var datastore = await assay.RegisterPostgres(database);

        var done = await assay.SyncWell(datastore);

        done.Containers.Added.ShouldBe(1000);
        done.Fields.Added.ShouldBe(3000);
        (await MetricContainers(datastore)).ShouldBe(1000);
        (await Containers(datastore)).Count.ShouldBe(1000);
    }

    private async Task<long> MetricContainers(long datastore) =>
        (long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Expect(200).Json["metrics"]!["containers"]!;

    private async Task<List<Container>> Containers(long datastore)
    {
        await using var db = await assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
        return await db.Set<Container>().Where(c => c.DatastoreId == datastore).OrderBy(c => c.Name).ToListAsync();
    }

    private async Task<List<Field>> Fields(long container)
    {
        await using var db = await assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
        return await db.Set<Field>().Where(f => f.ContainerId == container).OrderBy(f => f.Ordinal).ToListAsync();
    }
}
