using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Connections;

public sealed class ListConnectionsTests(AssayServer assay)
{
    [Fact]
    public async Task List_Filtered_FindsExactlyWhatWasAskedFor()
    {
        var mark = Guid.NewGuid().ToString("N");
        var names = new[] { $"b {mark}", $"A {mark}", $"c {mark}" };
        var ids = new List<long>();
        foreach (var name in names) ids.Add((await assay.CreateConnection(new() { ["name"] = name })).Id);

        (await Names($"search={mark.ToUpperInvariant()}&sort_name=asc")).ShouldBe([names[1], names[0], names[2]]);
        (await Names($"search={mark}&sort_name=desc")).ShouldBe([names[2], names[0], names[1]]);
        (await Names($"search={mark}&sort_created=desc")).ShouldBe([names[2], names[1], names[0]]);
        (await Names($"search={mark}&sort_id=asc")).ShouldBe(names);
        (await Names($"id={ids[0]}&id={ids[2]}&sort_id=desc")).ShouldBe([names[2], names[0]]);
        (await Names($"name={Uri.EscapeDataString(names[1])}")).ShouldBe([names[1]]);
        (await Names($"name={Uri.EscapeDataString(names[1].ToLowerInvariant())}")).ShouldBeEmpty();
        (await Names($"search={mark}&type=postgresql")).Count.ShouldBe(3);
        (await Names($"search={mark}&type=s3&type=mysql")).ShouldBeEmpty();
        (await Names($"search={ids[1]}")).ShouldContain(names[1]);
        (await Names("search=%25")).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_PastTheEnd_IsAnEmptyPage()
    {
        var mark = Guid.NewGuid().ToString("N");
        for (var i = 0; i < 3; i++) await assay.CreateConnection(new() { ["name"] = $"{mark} {i}" });

        var page = (await assay.Admin.Get($"/api/connections?search={mark}&page=2&size=2")).Expect(200).Json;
        var past = (await assay.Admin.Get($"/api/connections?search={mark}&page=9&size=2")).Expect(200).Json;

        page["items"]!.AsArray().Count.ShouldBe(1);
        ((int)page["total"]!, (int)page["page"]!, (int)page["size"]!, (int)page["pages"]!).ShouldBe((3, 2, 2, 2));
        page["items"]![0]!["datastores"].ShouldBeNull();
        past["items"]!.AsArray().Count.ShouldBe(0);
        ((int)past["total"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Listing_IsABareArrayOfStubs()
    {
        var created = await assay.CreateConnection();

        var able = (await assay.Admin.Get("/api/connections/listing?supports_enrichment=true")).Expect(200).Json.AsArray();
        var unable = (await assay.Admin.Get("/api/connections/listing?supports_enrichment=False")).Expect(200).Json.AsArray();

        var stub = able.Single(s => (long)s!["id"]! == created.Id)!.AsObject();
        stub.Select(p => p.Key).Order().ShouldBe(["connection_type", "created", "id", "name", "type"]);
        unable.ShouldNotContain(s => (long)s!["id"]! == created.Id);
    }

    private async Task<IReadOnlyList<string>> Names(string query) =>
        [.. (await assay.Admin.Get($"/api/connections?{query}")).Expect(200).Json["items"]!.AsArray().Select(i => (string)i!["name"]!)];
}
