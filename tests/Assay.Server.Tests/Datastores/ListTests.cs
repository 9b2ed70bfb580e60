using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Datastores;

public sealed class ListTests(AssayServer assay)
{
    [Fact]
    public async Task List_ByEachFilter_FindsExactlyThose()
    {
        var mark = Guid.NewGuid().ToString("N")[..10];
        var (tag, otherTag) = ($"tag {mark}", $"other {mark}");
        var a = await assay.CreateDatastore(("name", $"{mark} Alpha"), ("tags", Names(tag, otherTag)), ("group", new JsonObject { ["name"] = $"g {mark}" }));
        var b = await assay.CreateDatastoreId(("name", $"{mark} beta"), ("tags", Names(otherTag)), ("connection_id", (long)a["connection_id"]!));
        var files = await assay.CreateDatastoreId(("name", $"{mark} files"), ("connection", UnreachableS3()), ("database", null), ("schema", null), ("root_path", "/"));
        var enrichment = await assay.CreateEnrichmentStoreId(("name", $"{mark} store"));
        var id = (long)a["id"]!;

        await ShouldList($"id={id}&id={b}", id, b);
        await ShouldList($"name={mark}%20Alpha", id);
        await ShouldList($"name={mark}%20alpha");
        await ShouldList($"search={mark.ToUpperInvariant()}", id, b, files);
        await ShouldList($"search={mark}&datastore_type=postgresql", id, b);
        await ShouldList($"search={mark}&datastore_type=s3&datastore_type=gcs", files);
        await ShouldList($"search={mark}&datastore_type=JDBC", id, b);
        await ShouldList($"tag={Uri.EscapeDataString(tag)}", id);
        await ShouldList($"tag={Uri.EscapeDataString(tag)}&tag={Uri.EscapeDataString(otherTag)}", id, b);
        await ShouldList($"group={a["group"]!["id"]}", id);
        await ShouldList($"search={mark}&enrichment_only=True", enrichment);
        await ShouldList($"search={mark}&enrich_only=true", enrichment);
        await ShouldList($"name={mark}%20store"); // hidden unless asked for
        await ShouldList($"search={mark}&tag=no-such-tag-{mark}");
        ((int?)(await assay.Admin.Get($"{Stores}?search={id}")).Json["total"])!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task List_BySearch_TakesWildcardsAsTheyAre()
    {
        var mark = Guid.NewGuid().ToString("N")[..10];
        var id = await assay.CreateDatastoreId(("name", $"{mark} 100%_x"));
        await assay.CreateDatastoreId(("name", $"{mark} 100yyx"));

        await ShouldList($"search={Uri.EscapeDataString($"{mark} 100%_")}", id);
    }

    [Theory]
    [InlineData("sort_name=asc", "a B c")]
    [InlineData("sort_name=desc", "c B a")]
    [InlineData("sort_created=desc", "a c B")]
    [InlineData("sort_created=asc&limit=2", "B c")]
    [InlineData("sort_name=asc&page=2&size=2", "c")]
    [InlineData("sort_name=asc&page=9&size=2", "")]
    public async Task List_Sorted_FollowsTheKey(string sort, string expected)
    {
        var mark = Guid.NewGuid().ToString("N")[..10];
        foreach (var name in new[] { "B", "c", "a" }) await assay.CreateDatastoreId(("name", $"{mark} {name}"));

        var page = (await assay.Admin.Get($"{Stores}?search={mark}&{sort}")).Expect(200).Json;

        string.Join(' ', page["items"]!.AsArray().Select(d => ((string)d!["name"]!)[(mark.Length + 1)..])).ShouldBe(expected);
        ((int?)page["total"]).ShouldBe(3);
        page.AsObject().Select(m => m.Key).ShouldBe(["items", "total", "page", "size", "pages"], ignoreOrder: true);
    }

    [Fact]
    public async Task List_Unsorted_HasTheCallersFavouritesFirst_OrLast()
    {
        var mark = Guid.NewGuid().ToString("N")[..10];
        var ids = new List<long>();
        for (var i = 0; i < 3; i++) ids.Add(await assay.CreateDatastoreId(("name", $"{mark} {i}")));
        var other = await assay.CreateUser("Manager");
        (await assay.Admin.Patch($"{Stores}/{ids[2]}/favorite", new JsonObject { ["favorite"] = true })).Expect(200);

        await ShouldListInOrder(assay.Admin, $"search={mark}", ids[2], ids[0], ids[1]);
        await ShouldListInOrder(assay.Admin, $"search={mark}&sort_name=desc", ids[2], ids[1], ids[0]);
        await ShouldListInOrder(assay.Admin, $"search={mark}&sort_favorite=asc", ids[0], ids[1], ids[2]);
        await ShouldListInOrder(other.Api, $"search={mark}", ids[0], ids[1], ids[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sort_name=asc")]
    [InlineData("sort_name=desc&sort_favorite=asc")]
    [InlineData("sort_created=desc")]
    [InlineData("sort_containers=asc")]
    [InlineData("sort_active_anomalies=desc&sort_name=asc")]
    [InlineData("enrichment_only=true")]
    public async Task List_WalkedPageByPage_HasEveryDatastoreOnceInOneOrder(string query)
    {
        // Narrowed to ids of its own: other tests' datastores come and go in the Public team meanwhile.
        var person = await assay.CreateUser("Member");
        var mine = new List<long>();
        for (var i = 0; i < 7; i++) mine.Add(await assay.CreateDatastoreId(("name", $"{i % 3}"), ("enrichment_only", query.StartsWith('e'))));
        foreach (var id in mine[2..4]) (await person.Api.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = true })).Expect(200);
        var own = $"{query}&{string.Join('&', mine.Select(id => $"id={id}"))}";

        var walked = new List<long>();
        for (var page = 1; page <= 4; page++)
        {
            var answer = (await person.Api.Get($"{Stores}?{own}&page={page}&size=2")).Expect(200).Json;
            ((int?)answer["total"]).ShouldBe(7);
            ((int?)answer["pages"]).ShouldBe(4);
            walked.AddRange(Ids(answer));
        }

        walked.ShouldBe(Ids((await person.Api.Get($"{Stores}?{own}&size=100")).Expect(200).Json));
        walked.Order().ShouldBe(mine.Order());
        var marked = query.Contains("sort_favorite=asc") ? walked[^2..] : walked[..2];
        marked.Order().ShouldBe(mine[2..4].Order());

        static long[] Ids(JsonNode page) => [.. page["items"]!.AsArray().Select(d => (long)d!["id"]!)];
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("size=0", "size")]
    [InlineData("size=101", "size")]
    [InlineData("limit=101", "size")]
    [InlineData("id=x", "id")]
    [InlineData("group=1.5", "group")]
    [InlineData("enrichment_only=maybe", "enrichment_only")]
    [InlineData("sort_name=up", "sort_name")]
    [InlineData("sort_favorite=", "sort_favorite")]
    public async Task List_WithBadInput_Is422AtThatParameter(string query, string parameter) =>
        ((string?)(await assay.Admin.Get($"{Stores}?{query}")).Expect(422).Json["detail"]![0]!["loc"]![1]).ShouldBe(parameter);

    [Fact]
    public async Task List_ForAMember_HasOnlyTheirTeams_InListsCountsListingsAndTags()
    {
        var tag = People.Unique("tag");
        var seen = await assay.CreateDatastoreId(("teams", Names(People.Unique("A"))), ("tags", Names(tag)));
        var hidden = await assay.CreateDatastoreId(("teams", Names(People.Unique("B"))), ("tags", Names(tag)));
        var member = await assay.CreateMember("Reporter", seen);

        var page = (await member.Api.Get($"{Stores}?tag={Uri.EscapeDataString(tag)}")).Expect(200).Json;
        var listing = (await member.Api.Get($"{Stores}/listing")).Expect(200).Json.AsArray();
        var uses = (await member.Api.Get("/api/global-tags/listing")).Json.AsArray().Single(t => (string)t!["name"]! == tag)!;

        page["items"]!.AsArray().Select(d => (long)d!["id"]!).ShouldBe([seen]);
        ((int?)page["total"]).ShouldBe(1);
        listing.ShouldContain(d => (long)d!["id"]! == seen);
        listing.ShouldNotContain(d => (long)d!["id"]! == hidden);
        ((int?)uses["count"]).ShouldBe(1);
        ((int?)(await assay.Admin.Get("/api/global-tags/listing")).Json.AsArray().Single(t => (string)t!["name"]! == tag)!["count"]).ShouldBe(2);
        (await member.Api.Get($"{Stores}/{hidden}")).Expect(404).Detail.ShouldBe($"Datastore id: {hidden} not found");
        (await member.Api.Get($"{Stores}/{seen}")).Expect(200);
    }

    [Fact]
    public async Task Listing_IsABareArrayOfStubs_FilteredOnDemand()
    {
        var source = await assay.CreateDatastoreId();
        var enrichment = await assay.CreateEnrichmentStoreId();

        var all = (await assay.Admin.Get($"{Stores}/listing")).Expect(200).Json.AsArray();
        var only = (await assay.Admin.Get($"{Stores}/listing?enrich_only=true")).Expect(200).Json.AsArray();

        all.Single(d => (long)d!["id"]! == source)!.AsObject().Select(m => m.Key).ShouldBe(["id", "name", "store_type", "type", "enrichment_only"]);
        all.ShouldContain(d => (long)d!["id"]! == enrichment);
        only.ShouldContain(d => (long)d!["id"]! == enrichment);
        only.ShouldNotContain(d => (long)d!["id"]! == source);
        (await assay.Admin.Get($"{Stores}/listing?enrichment_only=x")).Expect(422);
    }

    [Fact]
    public async Task Favorite_IsEachUsersOwn()
    {
        var id = await assay.CreateDatastoreId();
        var other = await assay.CreateMember("Reporter", id);

        ((bool?)(await other.Api.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = true })).Expect(200).Json["favorite"]).ShouldBe(true);
        ((bool?)(await other.Api.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = true })).Expect(200).Json["favorite"]).ShouldBe(true);
        ((bool?)(await assay.Admin.Get($"{Stores}/{id}")).Json["favorite"]).ShouldBe(false);
        ((bool?)(await other.Api.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = false })).Expect(200).Json["favorite"]).ShouldBe(false);
        (await other.Api.Patch($"{Stores}/{id}/favorite", new JsonObject())).Expect(422);
        (await other.Api.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = "maybe" })).Expect(422);
    }

    [Fact]
    public async Task AssignGroup_MovesAndTakesOut_UnderPatchAndPut()
    {
        var (one, two) = (await Group(), await Group());
        var id = await assay.CreateDatastoreId(("group_id", one));

        ((long?)(await assay.Admin.Patch($"{Stores}/{id}/assign-group", new JsonObject { ["group_id"] = two })).Expect(200).Json["group"]!["id"]).ShouldBe(two);
        (await assay.Admin.Patch($"{Stores}/{id}/assign-group", new JsonObject { ["group_id"] = null })).Expect(200).Json["group"].ShouldBeNull();
        ((long?)(await assay.Admin.Put($"{Stores}/{id}/assign-group", new JsonObject { ["group_id"] = one })).Expect(200).Json["group"]!["id"]).ShouldBe(one);
        (await assay.Admin.Patch($"{Stores}/{id}/assign-group", new JsonObject())).Expect(422);
        (await assay.Admin.Patch($"{Stores}/{id}/assign-group", new JsonObject { ["group_id"] = 999_999_999 })).Expect(404).Detail.ShouldBe("Datastore group id: 999999999 not found");
        (await assay.Admin.Delete($"/api/datastore-groups/{one}")).Expect(200);
        (await assay.Admin.Get($"{Stores}/{id}")).Expect(200).Json["group"].ShouldBeNull();
    }

    private async Task<long> Group() => (await assay.Admin.Post("/api/datastore-groups", new JsonObject { ["name"] = People.Unique("Group") })).Expect(200).Id;

    private async Task ShouldList(string query, params long[] ids)
    {
        var page = (await assay.Admin.Get($"{Stores}?{query}")).Expect(200).Json;
        page["items"]!.AsArray().Select(d => (long)d!["id"]!).ShouldBe(ids, ignoreOrder: true, query);
        ((int?)page["total"]).ShouldBe(ids.Length, query);
    }

    private static async Task ShouldListInOrder(Api api, string query, params long[] ids) =>
        (await api.Get($"{Stores}?{query}")).Expect(200).Json["items"]!.AsArray().Select(d => (long)d!["id"]!).ShouldBe(ids, query);
}
