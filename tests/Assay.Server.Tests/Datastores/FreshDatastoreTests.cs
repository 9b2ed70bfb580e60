using System.Text.Json.Nodes;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Datastores;

/// <summary>A GET of one datastore keeps what it has written before; no reader may notice, and none may see what is another's.</summary>
public sealed class FreshDatastoreTests(AssayServer assay)
{
    [Fact]
    public async Task Get_AfterAChangeOfItsConnection_ShowsIt()
    {
        var datastore = await assay.CreateDatastore();
        var (id, connection) = ((long)datastore["id"]!, (long)datastore["connection_id"]!);

        await Changes("username", new() { ["username"] = People.Unique("user"), ["password"] = "an0ther" });
        await Changes("port", new() { ["port"] = 2, ["password"] = "an0ther" });
        await Changes("parameters", new() { ["parameters"] = new JsonObject { ["application_name"] = "fresh" } });
        await Changes("jdbc_fetch_size", new() { ["jdbc_fetch_size"] = 77 });
        await Changes("max_parallelization", new() { ["max_parallelization"] = 3 });
        await Changes("connection", new() { ["name"] = People.Unique("renamed") });
        await Changes("jdbc_url", new() { ["host"] = "127.0.0.2", ["password"] = "an0ther" });

        async Task Changes(string member, JsonObject change)
        {
            var before = (await Twice(assay.Admin, id))[member]?.ToJsonString();
            var stored = (await assay.Admin.Get($"/api/connections/{connection}")).Expect(200).Json.AsObject();
            (await assay.Admin.Put($"/api/connections/{connection}?verify=false", stored.With(change))).Expect(200);
            ((await Twice(assay.Admin, id))[member]?.ToJsonString()).ShouldNotBe(before, member);
        }
    }

    // What this server did not do itself: as another node would, or another process on the same file.
    [Theory]
    [InlineData("UPDATE datastores SET description = 'by another' WHERE id = @id", "description")]
    [InlineData("UPDATE datastores SET active_anomalies = 41 WHERE id = @id", "anomaly_count")]
    [InlineData("UPDATE connections SET product_version = '17.9' WHERE id = (SELECT connection_id FROM datastores WHERE id = @id)", "product_version")]
    [InlineData("UPDATE operations SET message = 'by another' WHERE datastore_id = @id", "latest_operation")]
    [InlineData("DELETE FROM operations WHERE datastore_id = @id", "latest_operation")]
    [InlineData("DELETE FROM datastore_tags WHERE datastore_id = @id", "global_tags")]
    [InlineData("UPDATE tags SET color = '#000001' WHERE id IN (SELECT tag_id FROM datastore_tags WHERE datastore_id = @id)", "global_tags")]
    [InlineData("DELETE FROM team_datastores WHERE datastore_id = @id", "teams")]
    [InlineData("UPDATE datastore_groups SET icon = 'by-another' WHERE id = (SELECT group_id FROM datastores WHERE id = @id)", "group")]
    [InlineData("UPDATE datastores SET name = name || ' renamed' WHERE id = (SELECT enrichment_datastore_id FROM datastores WHERE id = @id)", "enrich_datastore")]
    [InlineData("DELETE FROM datastore_favorites WHERE datastore_id = @id", "favorite")]
    public async Task Get_AfterAChangeByAnotherProcess_ShowsIt(string change, string member)
    {
        var mark = Guid.NewGuid().ToString("N")[..10];
        var id = await assay.CreateDatastoreId(("tags", Names($"tag {mark}")), ("group", new JsonObject { ["name"] = $"group {mark}" }),
            ("enrichment_datastore_id", await assay.CreateEnrichmentStoreId()));
        (await assay.Admin.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = true })).Expect(200);
        await assay.SeedOperation(id);
        var before = (await Twice(assay.Admin, id))[member]?.ToJsonString();

        await using (var connection = await assay.Services.GetRequiredService<StoreConnections>().OpenAsync(TestContext.Current.CancellationToken))
            await connection.ExecuteAsync(change, new { id });

        ((await Twice(assay.Admin, id))[member]?.ToJsonString()).ShouldNotBe(before, member);
    }

    [Fact]
    public async Task Get_OfTwoCallers_ShowsEachTheirOwnFavourite()
    {
        var id = await assay.CreateDatastoreId();
        var member = await assay.CreateUser();
        (await assay.Admin.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = true })).Expect(200);

        ((bool)(await Twice(assay.Admin, id))["favorite"]!).ShouldBeTrue();
        ((bool)(await Twice(member.Api, id))["favorite"]!).ShouldBeFalse();
        (await member.Api.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = true })).Expect(200);
        (await assay.Admin.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = false })).Expect(200);
        ((bool)(await Twice(assay.Admin, id))["favorite"]!).ShouldBeFalse();
        ((bool)(await Twice(member.Api, id))["favorite"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Get_AfterItsTeamsChanged_IsThereForThoseAlone_ThatSeeItNow()
    {
        var id = await assay.SeedDatastore(await assay.SeedConnection(), []);
        var member = await assay.CreateMember("Reporter", id);
        var (manager, stranger) = (await assay.CreateUser("Manager"), await assay.CreateUser());
        await Twice(assay.Admin, id);
        await Twice(member.Api, id);
        (await stranger.Api.Get($"{Stores}/{id}")).Expect(404).Detail.ShouldBe($"Datastore id: {id} not found");
        (await manager.Api.Get($"{Stores}/{id}")).Expect(403); // in no team of it, as on every route of one datastore

        (await assay.Admin.Put($"/api/users/{member.Id}", new JsonObject { ["teams"] = Names() })).Expect(200);
        (await member.Api.Get($"{Stores}/{id}")).Expect(404);
        await Twice(assay.Admin, id);

        (await assay.Admin.Delete($"{Stores}/{id}")).Expect(204);
        (await assay.Admin.Get($"{Stores}/{id}")).Expect(404).Detail.ShouldBe($"Datastore id: {id} not found");
    }

    [Fact]
    public async Task Get_OfAnEnrichmentStore_ShowsEachCallerTheSourcesTheyMaySee_AsTheyAre()
    {
        var store = await assay.CreateEnrichmentStoreId();
        var team = await assay.CreateTeam("Reporter");
        var hidden = await assay.CreateDatastoreId(("enrichment_datastore_id", store), ("teams", Names(team.Name)));
        var open = await assay.CreateDatastoreId(("enrichment_datastore_id", store));
        var (member, insider) = (await assay.CreateUser(), await assay.CreateUser("Member", team));

        (await Linked(assay.Admin)).ShouldBe([hidden, open], ignoreOrder: true);
        (await Linked(member.Api)).ShouldBe([open]);
        (await Linked(insider.Api)).ShouldBe([hidden, open], ignoreOrder: true);
        (await assay.Admin.Delete($"{Stores}/{open}/enrichment")).Expect(204);
        (await Linked(assay.Admin)).ShouldBe([hidden]);
        (await Linked(member.Api)).ShouldBeEmpty();

        async Task<long[]> Linked(Api api) => [.. (await Twice(api, store))["linked_datastores"]!.AsArray().Select(s => (long)s!["id"]!)];
    }

    /// <summary>The datastore as two answers in a row show it, the second from what was kept.</summary>
    private static async Task<JsonNode> Twice(Api api, long id)
    {
        var first = (await api.Get($"{Stores}/{id}")).Expect(200);
        (await api.Get($"{Stores}/{id}")).Expect(200).Text.ShouldBe(first.Text);
        return first.Json;
    }
}
