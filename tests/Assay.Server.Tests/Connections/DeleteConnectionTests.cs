using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Connections;

public sealed class DeleteConnectionTests(AssayServer assay)
{
    [Fact]
    public async Task Delete_Unused_IsGoneWithItsSecrets()
    {
        var created = await assay.CreateConnection();

        (await assay.Admin.Delete($"/api/connections/{created.Id}")).Expect(204).Text.ShouldBeEmpty();

        (await assay.Admin.Get($"/api/connections/{created.Id}")).Expect(404).Detail.ShouldBe($"Connection id: {created.Id} not found");
        (await assay.Admin.Delete($"/api/connections/{created.Id}")).Expect(404);
        (await assay.Admin.Post($"/api/connections/{created.Id}/test")).Expect(404);
        (await assay.StoredSecrets(created.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_WhileDatastoresUseIt_NamesThemUntilTheyAreGone()
    {
        var connection = await assay.CreateConnection();
        var ids = new List<long>();
        for (var i = 1; i <= 4; i++)
            ids.Add((await assay.Admin.Post("/api/datastores", new JsonObject
            {
                ["name"] = $"user {i}",
                ["connection_id"] = connection.Id,
                ["database"] = "postgres",
                ["schema"] = $"public{i}",
            })).Expect(201).Id);

        (await assay.Admin.Delete($"/api/connections/{connection.Id}")).Expect(409).Detail
            .ShouldBe($"Connection id: {connection.Id} is used by 4 datastores: 'user 1', 'user 2', 'user 3' and 1 more");
        (await assay.Admin.Get($"/api/connections/{connection.Id}")).Json["datastores"]!.AsArray().Select(d => (long)d!["id"]!).ShouldBe(ids);
        foreach (var id in ids) (await assay.Admin.Delete($"/api/datastores/{id}")).Expect(204);

        (await assay.Admin.Delete($"/api/connections/{connection.Id}")).Expect(204);
    }

    [Fact]
    public async Task Get_ForAMember_ShowsOnlyTheDatastoresTheyMaySee()
    {
        var connection = await assay.CreateConnection();
        var team = await assay.CreateTeam("Editor");
        await assay.Admin.Post("/api/datastores", new JsonObject
        {
            ["name"] = "hidden",
            ["connection_id"] = connection.Id,
            ["database"] = "postgres",
            ["schema"] = "public",
            ["teams"] = new JsonArray(team.Name),
        });
        var (outsider, insider) = (await assay.CreateUser("Member"), await assay.CreateUser("Member", team));

        (await outsider.Api.Get($"/api/connections/{connection.Id}")).Expect(200).Json["datastores"]!.AsArray().Count.ShouldBe(0);
        (await insider.Api.Get($"/api/connections/{connection.Id}")).Expect(200).Json["datastores"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Routes_ForAMember_ReadButDoNotWrite()
    {
        var created = await assay.CreateConnection();
        var member = await assay.CreateUser("Member");

        (await member.Api.Get("/api/connections")).Expect(200);
        (await member.Api.Get("/api/connections/listing")).Expect(200);
        (await member.Api.Get($"/api/connections/{created.Id}")).Expect(200);
        (await member.Api.Get($"/api/connections/{created.Id}/history")).Expect(200);
        (await member.Api.Post("/api/connections", await TestSources.PostgresConnection())).Expect(403);
        (await member.Api.Put($"/api/connections/{created.Id}", created.Json)).Expect(403);
        (await member.Api.Post($"/api/connections/{created.Id}/test")).Expect(403);
        (await member.Api.Delete($"/api/connections/{created.Id}")).Expect(403);
    }
}
