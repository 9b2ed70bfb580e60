using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Network;
using Assay.Testing.Postgres;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Operations;

public sealed class OperationTests(AssayServer assay)
{
    [Fact]
    public async Task Run_OfASync_AnswersTheOperationAsTheContractHasIt()
    {
        var datastore = await assay.RegisterPostgres(await CreateDatabase("CREATE TABLE a (id int)"));

        var started = (await assay.StartSync(datastore)).Expect(200).Json;
        var ended = await assay.UntilEnded((long)started["id"]!);

        foreach (var member in new[] { "id", "created", "type", "start_time", "end_time", "result", "message", "triggered_by", "datastore", "schedule", "action_execution", "tags", "containers", "status", "include", "prune", "recreate" })
            started.AsObject().ContainsKey(member).ShouldBeTrue(member);
        started["end_time"].ShouldBeNull();
        started["status"].ShouldBeOfType<JsonObject>();
        ((string?)started["result"]).ShouldBeOneOf("queued", "running");
        ((string?)ended["type"]).ShouldBe("sync");
        ((string?)ended["result"]).ShouldBe("success");
        ended["message"].ShouldBeNull();
        ended["include"]!.ToJsonString().ShouldBe("""["table","view"]""");
        foreach (var member in new[] { "id", "name", "store_type", "type", "enrich_only", "enrich_container_prefix", "favorite" })
            ended["datastore"]!.AsObject().ContainsKey(member).ShouldBeTrue(member);
    }

    [Theory]
    [InlineData("""{"type": "dance", "datastore_id": 1}""", "type")]
    [InlineData("""{"datastore_id": 1}""", "type")]
    [InlineData("""{"type": "sync"}""", "datastore_id")]
    [InlineData("""{"type": "sync", "datastore_id": 1, "include": ["tables"]}""", "include")]
    [InlineData("""{"type": "sync", "datastore_id": 1, "prune": "perhaps"}""", "prune")]
    public async Task Run_OfNonsense_IsRefusedWithItsPlace(string body, string member)
    {
        var refused = (await assay.Admin.Post("/api/operations/run", JsonNode.Parse(body))).Expect(422);

        ((string?)refused.Json["detail"]![0]!["loc"]![1]).ShouldBe(member);
        if (body.Contains("dance")) refused.Text.ShouldContain("'sync', 'catalog'");
    }

    [Fact]
    public async Task Run_ByOthers_FollowsTheDatastoresTeams()
    {
        var datastore = await assay.RegisterPostgres(await CreateDatabase(""));
        var stranger = await assay.CreateMember("Editor");
        var author = await assay.CreateMember("Author", datastore);
        var editor = await assay.CreateMember("Editor", datastore);

        (await assay.StartSync(datastore, by: stranger.Api)).Expect(404).Detail.ShouldBe($"Datastore id: {datastore} not found");
        (await assay.StartSync(datastore, by: author.Api)).Expect(403).Detail!.ShouldStartWith("You must have editor permission in at least one of these teams: [");
        (await assay.StartSync(987_654_321)).Expect(404).Detail.ShouldBe("Datastore id: 987654321 not found");
        var started = (await assay.StartSync(datastore, new() { ["type"] = "catalog" }, editor.Api)).Expect(200);

        var ended = await assay.UntilEnded(started.Id);
        ((string?)ended["triggered_by"]).ShouldEndWith("@example.com");
        foreach (var path in new[] { $"/api/operations/{started.Id}", $"/api/datastores/{datastore}/operations", $"/api/datastores/{datastore}/actions" })
        {
            (await stranger.Api.Get(path)).Expect(404);
            (await author.Api.Get(path)).Expect(200);
        }
        ((long)(await stranger.Api.Get($"/api/operations?datastore={datastore}")).Expect(200).Json["total"]!).ShouldBe(0);
        ((long)(await author.Api.Get($"/api/operations?datastore={datastore}")).Expect(200).Json["total"]!).ShouldBe(1);
        (await author.Api.Delete($"/api/operations/{started.Id}")).Expect(403);
    }

    [Fact]
    public async Task Run_TwiceAtOnce_IsOneOperationAndOthersWaitTheirTurn()
    {
        var database = await CreateDatabase("CREATE TABLE a (id int)");
        var datastore = await assay.RegisterPostgres(database);
        long first, pruning;
        await using (await HeldDatabase.HoldAsync(database))
        {
            first = (await assay.StartSync(datastore)).Expect(200).Id;
            await assay.Until(first, o => (string?)o["result"] == "running");

            (await assay.StartSync(datastore, new() { ["prune"] = false, ["recreate"] = false })).Expect(200).Id.ShouldBe(first);
            pruning = (await assay.StartSync(datastore, new() { ["prune"] = true })).Expect(200).Id;
            pruning.ShouldNotBe(first);
            await Task.Delay(1500);
            ((string?)(await assay.Admin.Get($"/api/operations/{pruning}")).Json["result"]).ShouldBe("queued");
        }

        ((string?)(await assay.UntilEnded(first))["result"]).ShouldBe("success");
        ((string?)(await assay.UntilEnded(pruning))["result"]).ShouldBe("success");
    }

    [Fact]
    public async Task Abort_OfARunningSync_ReachesTheSourceAndChangesNothing()
    {
        var database = await CreateDatabase("CREATE TABLE a (id int)");
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateReaderAsync();
        var datastore = await assay.RegisterPostgres(database, role: role);
        await using var held = await HeldDatabase.HoldAsync(database);
        var id = (await assay.StartSync(datastore)).Expect(200).Id;
        await assay.Until(id, o => (string?)o["result"] == "running");
        for (var i = 0; i < 1200 && await server.SessionsOfAsync(role) == 0; i++) await Task.Delay(50);

        (await assay.Admin.Put($"/api/operations/abort/{id}")).Expect(200);
        var ended = await assay.UntilEnded(id);

        ((string?)ended["result"]).ShouldBe("aborted");
        for (var i = 0; i < 600 && await server.SessionsOfAsync(role) > 0; i++) await Task.Delay(50);
        (await server.SessionsOfAsync(role)).ShouldBe(0);
        ((long)(await assay.Admin.Get($"/api/containers?datastore={datastore}&archived=include")).Json["total"]!).ShouldBe(0);
        ((string?)(await assay.Admin.Put($"/api/operations/abort/{id}")).Expect(200).Json["result"]).ShouldBe("aborted");
    }

    [Fact]
    public async Task Abort_OfASyncThatABlackHoleSwallows_EndsItSoon()
    {
        using var hole = await BlackHole.SwallowingAsync();
        var connection = (await TestSources.PostgresConnection()).With(new() { ["host"] = "127.0.0.1", ["port"] = hole.Port });
        var made = (await assay.Admin.Post("/api/connections", connection)).Expect(200);
        var datastore = await assay.CreateDatastoreId(("connection", null), ("connection_id", made.Id), ("trigger_catalog", false), ("database", "x"), ("schema", "y"));
        var id = (await assay.StartSync(datastore)).Expect(200).Id;
        await assay.Until(id, o => (string?)o["result"] == "running");

        (await assay.Admin.Put($"/api/operations/abort/{id}")).Expect(200);

        ((string?)(await assay.UntilEnded(id, seconds: 10))["result"]).ShouldBe("aborted");
    }

    [Fact]
    public async Task Sync_WhoseSourceIsKilledMidway_FailsAndRemovesNothing()
    {
        var database = await CreateDatabase("CREATE TABLE a (id int); CREATE TABLE b (id int)");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        JsonNode ended;
        await using (await HeldDatabase.HoldAsync(database))
        {
            var id = (await assay.StartSync(datastore, new() { ["prune"] = true })).Expect(200).Id;
            await assay.Until(id, o => (string?)o["result"] == "running");
            var server = await PostgresServer.SharedAsync();
            for (var i = 0; i < 1200; i++)
            {
                if (await server.ScalarAsync<long>(database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0) break;
                await Task.Delay(50);
            }
            ended = await assay.UntilEnded(id);
        }

        ((string?)ended["result"]).ShouldBe("failure");
        ((string?)ended["message"]).ShouldNotBeNullOrEmpty();
        ((long)(await assay.Admin.Get($"/api/containers?datastore={datastore}")).Json["total"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Sync_AfterRightsWereRevoked_FailsAndRemovesNothing()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await CreateDatabase("CREATE SCHEMA s; CREATE TABLE s.a (id int)");
        var role = await server.CreateRoleAsync();
        await RunSql(database, $"GRANT USAGE ON SCHEMA s TO \"{role.Name}\"; GRANT SELECT ON s.a TO \"{role.Name}\"");
        var datastore = await assay.RegisterPostgres(database, "s", role);
        await assay.SyncWell(datastore);
        await RunSql(database, $"REVOKE ALL ON SCHEMA s FROM \"{role.Name}\"");

        var ended = await assay.Sync(datastore, new() { ["prune"] = true });

        ((string?)ended["result"]).ShouldBe("failure", ended.ToJsonString());
        ((long)(await assay.Admin.Get($"/api/containers?datastore={datastore}")).Json["total"]!).ShouldBe(1);
    }

    [Fact]
    public async Task EndedOperation_CanBeRerunAndDeletedButNotResumed()
    {
        var datastore = await assay.RegisterPostgres(await CreateDatabase("CREATE TABLE a (id int)"));
        var first = await assay.Sync(datastore, new() { ["include"] = new JsonArray("table") });
        var id = (long)first["id"]!;

        var again = (await assay.Admin.Put($"/api/operations/rerun/{id}")).Expect(200).Json;
        ((long)again["id"]!).ShouldNotBe(id);
        again["include"]!.ToJsonString().ShouldBe("""["table"]""");
        await assay.UntilEnded((long)again["id"]!);
        (await assay.Admin.Put($"/api/operations/run/{id}")).Expect(409);
        (await assay.Admin.Delete($"/api/operations/{id}")).Expect(204);

        (await assay.Admin.Get($"/api/operations/{id}")).Expect(404).Detail.ShouldBe($"Operation id: {id} not found");
        (await assay.Admin.Delete($"/api/operations/{id}")).Expect(404);
        ((long)(await assay.Admin.Get($"/api/containers?datastore={datastore}")).Json["total"]!).ShouldBe(1);
    }

    [Fact]
    public async Task UnendedOperation_CanNeitherBeRerunNorDeleted()
    {
        var database = await CreateDatabase("");
        var datastore = await assay.RegisterPostgres(database);
        await using var held = await HeldDatabase.HoldAsync(database);
        var id = (await assay.StartSync(datastore)).Expect(200).Id;

        (await assay.Admin.Put($"/api/operations/rerun/{id}")).Expect(409);
        (await assay.Admin.Delete($"/api/operations/{id}")).Expect(409);
        await assay.Admin.Put($"/api/operations/abort/{id}");
        await assay.UntilEnded(id);
    }

    [Fact]
    public async Task List_WithEveryFilter_NarrowsAndCounts()
    {
        var datastore = await assay.RegisterPostgres(await CreateDatabase("CREATE TABLE a (id int)"));
        for (var i = 0; i < 3; i++) await assay.SyncWell(datastore);
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd");

        async Task<long> Count(string query) => (long)(await assay.Admin.Get($"/api/operations?datastore={datastore}&{query}")).Expect(200).Json["total"]!;

        var ids = (await assay.Admin.Get($"/api/operations?datastore={datastore}")).Json["items"]!.AsArray().Select(o => (long)o!["id"]!).ToArray();
        ids.ShouldBe(ids.OrderDescending());
        (await Count("operation_type=catalog")).ShouldBe(3);
        (await Count("operation_type=profile")).ShouldBe(0);
        (await Count("finished=True&result=success&result=failure&has_logs=false")).ShouldBe(3);
        (await Count("finished=false")).ShouldBe(0);
        (await Count($"id={ids[0]}")).ShouldBe(1);
        (await Count($"start_date=2020-01-01&end_date=2020-12-31")).ShouldBe(0);
        (await Count($"start_date=2020-01-01&end_date={today}&sort_duration=asc")).ShouldBe(3);
        (await Count("schedule_id=1")).ShouldBe(0);
        var container = (await assay.Admin.Get($"/api/containers?datastore={datastore}")).Json["items"]![0]!["id"];
        (await Count($"container={container}")).ShouldBe(3);
        (await assay.Admin.Get("/api/operations?result=great")).Expect(422);
        var latest = (await assay.Admin.Get($"/api/datastores/{datastore}/operations")).Expect(200).Json;
        ((long)latest["catalog_operation"]!["id"]!).ShouldBe(ids[0]);
        latest["profile_operation"].ShouldBeNull();
        (await assay.Admin.Get($"/api/datastores/{datastore}/actions")).Expect(200).Json.ToJsonString()
            .ShouldBe("""{"initialized":true,"should_catalog":false,"should_profile":true,"should_scan":false}""");
    }
}
