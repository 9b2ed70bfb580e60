using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Datastores;

/// <summary>Lists keep what they have written before; a reader must never notice.</summary>
public sealed class FreshListTests(AssayServer assay)
{
    [Fact]
    public async Task List_AfterEveryKindOfChange_ShowsWhatGetShows()
    {
        var mark = Guid.NewGuid().ToString("N")[..10];
        var (tag, team) = ($"tag {mark}", await assay.CreateTeam("Editor"));
        var datastore = await assay.CreateDatastore(("name", $"{mark} one"), ("tags", Names(tag)), ("teams", Names(team.Name)),
            ("group", new JsonObject { ["name"] = $"g {mark}" }));
        var (id, connection, group) = ((long)datastore["id"]!, datastore["connection_id"]!, datastore["group"]!["id"]!);
        var store = await assay.CreateEnrichmentStoreId(("name", $"{mark} store"));
        var database = await Syncing.CreateDatabase("CREATE TABLE t (a int)");
        var synced = await assay.RegisterPostgres(database);

        await Changes(() => assay.Admin.Put($"{Stores}/{id}", new JsonObject { ["description"] = mark }), "description");
        await Changes(() => assay.Admin.Put($"{Stores}/{id}", new JsonObject { ["tags"] = Names(tag, $"more {mark}") }), "global_tags");
        await Changes(() => assay.Admin.Put($"/api/global-tags/{Uri.EscapeDataString(tag)}", new JsonObject { ["name"] = tag, ["type"] = "global", ["color"] = "#123456" }), "global_tags");
        await Changes(() => assay.Admin.Delete($"/api/global-tags/{Uri.EscapeDataString(tag)}"), "global_tags", 204);
        await Changes(() => assay.Admin.Put($"{Stores}/{id}", new JsonObject { ["tags"] = Names() }), "global_tags");
        await Changes(() => assay.Admin.Put($"/api/teams/{team.Id}", new JsonObject { ["name"] = $"renamed {mark}", ["permission"] = "Editor" }), "teams");
        var other = await assay.CreateTeam("Reporter");
        await Changes(() => assay.Admin.Put($"/api/teams/{other.Id}", new JsonObject { ["name"] = other.Name, ["permission"] = "Reporter", ["datastores"] = new JsonArray(id) }), "teams");
        await Changes(() => assay.Admin.Delete($"/api/teams/{other.Id}"), "teams", 204);
        await Changes(() => assay.Admin.Put($"/api/datastore-groups/{group}", new JsonObject { ["name"] = $"h {mark}" }), "group");
        await Changes(() => assay.Admin.Delete($"/api/datastore-groups/{group}"), "group");
        await Changes(() => assay.Admin.Put($"/api/connections/{connection}", new JsonObject { ["name"] = $"c {mark}", ["type"] = "postgresql" }), "connection");
        await Changes(() => assay.Admin.Patch($"{Stores}/{id}/enrichment/{store}"), "enrich_datastore");
        await Changes(() => assay.Admin.Put($"{Stores}/{store}", new JsonObject { ["name"] = $"{mark} renamed" }), "enrich_datastore");
        await Changes(() => assay.Admin.Delete($"{Stores}/{id}/enrichment"), "enrich_datastore", 204);
        await Changes(() => assay.Admin.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = true }), "favorite");

        id = synced;
        long operation = 0;
        await Changes(async () =>
        {
            await assay.SyncWell(synced);
            var latest = (await assay.Admin.Get($"{Stores}/{synced}")).Json["latest_operation"]!;
            operation = (long)latest["id"]!;
            return await assay.Admin.Get($"/api/operations/{operation}");
        }, "metrics");
        ((string?)(await Listed())["latest_operation"]?["result"]).ShouldBe("success");
        await Changes(() => assay.Admin.Delete($"/api/operations/{operation}"), "latest_operation", 204);

        async Task<JsonObject> Listed()
        {
            var items = (await assay.Admin.Get($"{Stores}?id={id}")).Expect(200).Json["items"]!.AsArray();
            return items.ShouldHaveSingleItem()!.AsObject();
        }

        // Twice, so that the second answer comes from what is kept; then the same members as a GET of the one datastore.
        async Task Changes(Func<Task<Answer>> change, string member, int status = 200)
        {
            await Listed();
            await assay.Admin.Get($"{Stores}/{id}");
            var before = (await Listed())[member]?.ToJsonString();
            (await change()).Expect(status);
            var after = await Listed();
            (after[member]?.ToJsonString()).ShouldNotBe(before, member);
            var single = (await assay.Admin.Get($"{Stores}/{id}")).Expect(200).Json.AsObject();
            foreach (var (name, value) in after) (value?.ToJsonString()).ShouldBe(single[name]?.ToJsonString(), name);
            (await Listed()).ToJsonString().ShouldBe(after.ToJsonString());
        }
    }
}
