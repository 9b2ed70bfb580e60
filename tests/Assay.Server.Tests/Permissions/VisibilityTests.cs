using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Permissions;

/// <summary>What a Member may not see does not exist for them: not by its id, not in lists, not in counts.</summary>
public sealed class VisibilityTests(AssayServer assay)
{
    [Fact]
    public async Task Member_OfAnotherTeam_FindsNoTraceOfADatastore()
    {
        var connection = await assay.SeedConnection();
        var (ours, theirs) = (await assay.CreateTeam("Editor"), await assay.CreateTeam("Editor"));
        var visible = await assay.SeedDatastore(connection, [ours.Id]);
        var hidden = await assay.SeedDatastore(connection, [theirs.Id]);
        var operation = await assay.SeedOperation(hidden);
        var (container, field) = await assay.SeedTable(hidden);
        var member = await assay.CreateUser("Member", ours);

        var list = (await member.Api.Get($"/api/datastores?id={visible}&id={hidden}")).Expect(200).Json;
        Ids(list["items"]!).ShouldBe([visible]);
        ((int)list["total"]!).ShouldBe(1);
        Ids((await member.Api.Get("/api/datastores/listing")).Expect(200).Json).ShouldNotContain(hidden);
        foreach (var path in new[] { "", "/operations", "/actions" })
            (await member.Api.Get($"/api/datastores/{hidden}{path}")).Expect(404).Detail.ShouldBe($"Datastore id: {hidden} not found");
        (await member.Api.Get($"/api/operations/{operation}")).Expect(404).Detail.ShouldBe($"Operation id: {operation} not found");
        var operations = (await member.Api.Get($"/api/operations?datastore={hidden}")).Expect(200).Json;
        ((int)operations["total"]!).ShouldBe(0);
        operations["items"]!.AsArray().ShouldBeEmpty();
        foreach (var path in new[] { $"containers?datastore={hidden}", $"fields?container={container}", $"partitions?container={container}" })
            ((int)(await member.Api.Get($"/api/{path}")).Expect(200).Json["total"]!).ShouldBe(0, path);
        (await member.Api.Get($"/api/containers/listing?datastore={hidden}")).Expect(200).Json.AsArray().ShouldBeEmpty();
        (await member.Api.Get($"/api/containers/{container}")).Expect(404).Detail.ShouldBe($"Container id: {container} not found");
        (await member.Api.Get($"/api/fields/{field}")).Expect(404).Detail.ShouldBe($"Field id: {field} not found");
        (await member.Api.Get($"/api/connections/{connection}")).Expect(200).Text.ShouldNotContain($"\"id\":{hidden},\"name\"");
        (await member.Api.Patch($"/api/datastores/{visible}/enrichment/{hidden}")).Expect(404);
        (await member.Api.Post("/api/operations/run", new JsonObject { ["type"] = "sync", ["datastore_id"] = hidden })).Expect(404);
    }

    [Fact]
    public async Task Manager_WithoutATeam_SeesItListedButNotWithin()
    {
        var hidden = await assay.SeedDatastore(await assay.SeedConnection(), [(await assay.CreateTeam("Editor")).Id]);
        var manager = await assay.CreateUser("Manager");

        Ids((await manager.Api.Get($"/api/datastores?id={hidden}")).Expect(200).Json["items"]!).ShouldBe([hidden]);
        (await manager.Api.Get($"/api/datastores/{hidden}")).Expect(403).Detail!.ShouldStartWith("You must have reporter permission in at least one of these teams: ['Team");
    }

    [Fact]
    public async Task Member_InSeveralTeams_HasTheBestOfTheirPermissions()
    {
        var (readers, editors) = (await assay.CreateTeam("Reporter"), await assay.CreateTeam("Editor"));
        var datastore = await assay.SeedDatastore(await assay.SeedConnection(), [readers.Id, editors.Id]);
        var member = await assay.CreateUser("Member", readers);
        var change = new JsonObject { ["description"] = "changed" };

        (await member.Api.Put($"/api/datastores/{datastore}", change.DeepClone())).Expect(403);
        (await assay.Admin.Put($"/api/users/{member.Id}", new JsonObject { ["teams"] = new JsonArray(readers.Id, editors.Id) })).Expect(200);
        (await member.Api.Put($"/api/datastores/{datastore}", change.DeepClone())).Expect(200);
        (await assay.Admin.Put($"/api/teams/{editors.Id}", new JsonObject { ["permission"] = "Author" })).Expect(200);
        (await member.Api.Put($"/api/datastores/{datastore}", change.DeepClone())).Expect(403);
        (await assay.Admin.Put($"/api/teams/{editors.Id}", new JsonObject { ["datastores"] = new JsonArray() })).Expect(200);
        (await assay.Admin.Delete($"/api/teams/{readers.Id}")).Expect(204);
        (await member.Api.Get($"/api/datastores/{datastore}")).Expect(404);
    }

    [Fact]
    public async Task Teams_OfADatastore_AreGivenOnlyByThoseWhoHaveRightsThere()
    {
        var (ours, theirs, readers) = (await assay.CreateTeam("Editor"), await assay.CreateTeam("Editor"), await assay.CreateTeam("Reporter"));
        var datastore = await assay.SeedDatastore(await assay.SeedConnection(), [ours.Id]);
        var editor = await assay.CreateUser("Member", ours, readers);

        (await Give(editor.Api, ours, theirs)).Expect(403).Detail!.ShouldContain("only administrators can");
        (await Give(editor.Api, readers)).Expect(403).Detail!.ShouldStartWith("You must have editor permission");
        (await Give(editor.Api, ours, readers)).Expect(200);
        (await Give(assay.Admin, ours, theirs)).Expect(200);
        (await Give(editor.Api, ours, theirs)).Expect(200); // what is there already may stay
        (await Give(editor.Api, ours)).Expect(200);

        Task<Answer> Give(Api api, params TestTeam[] teams) => api.Put($"/api/datastores/{datastore}",
            new JsonObject { ["teams"] = new JsonArray([.. teams.Select(t => JsonValue.Create(t.Name))]) });
    }

    [Fact]
    public async Task Team_WithADatastore_CountsAndShowsItUntilItIsDeleted()
    {
        var team = await assay.CreateTeam("Viewer");
        var datastore = await assay.SeedDatastore(await assay.SeedConnection(), [team.Id]);

        Ids((await assay.Admin.Get($"/api/teams/{team.Id}")).Expect(200).Json["datastores"]!).ShouldBe([datastore]);
        (await Count()).ShouldBe(1);
        (await assay.Admin.Delete($"/api/datastores/{datastore}")).Expect(204);
        Ids((await assay.Admin.Get($"/api/teams/{team.Id}")).Expect(200).Json["datastores"]!).ShouldBeEmpty();
        (await Count()).ShouldBe(0);

        async Task<long> Count() => (long)(await assay.Admin.Get($"/api/teams?name={Uri.EscapeDataString(team.Name)}")).Expect(200).Json["items"]![0]!["datastore_count"]!;
    }

    private static long[] Ids(JsonNode list) => [.. list.AsArray().Select(item => (long)item!["id"]!)];
}
