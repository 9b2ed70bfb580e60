using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Teams;

public sealed class TeamsTests(AssayServer assay)
{
    [Fact]
    public async Task Create_WithMembersNamedEveryWay_SeatsThem()
    {
        var byId = await assay.CreateUser();
        var byUserId = await assay.CreateUser();
        var byName = await assay.CreateUser();
        var byEcho = await assay.CreateServiceAccount();

        var team = (await assay.Admin.Post("/api/teams", new JsonObject
        {
            ["name"] = People.Unique("Mixed"),
            ["description"] = "all sorts",
            ["permission"] = "Author",
            ["users"] = new JsonArray(byId.Id, byUserId.UserId, byName.Name.ToUpperInvariant(), new JsonObject { ["id"] = byEcho.Id, ["name"] = "ignored" }, byId.Id),
        })).Expect(200).Json;

        team["users"]!.AsArray().Select(u => (long)u!["id"]!).ShouldBe([byId.Id, byUserId.Id, byName.Id, byEcho.Id], ignoreOrder: true);
        ((string?)team["permission"]).ShouldBe("Author");
        ((string?)team["description"]).ShouldBe("all sorts");
        team["datastores"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_WithNothingButANameAndUserIds_GivesTheLeastPermission()
    {
        var user = await assay.CreateUser();

        var team = (await assay.Admin.Post("/api/teams", new JsonObject { ["name"] = People.Unique("Plain"), ["user_ids"] = new JsonArray(user.Id) })).Expect(200).Json;

        ((string?)team["permission"]).ShouldBe("Reporter");
        team["users"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{}""", "name", "missing")]
    [InlineData("""{"name":"  "}""", "name", "string_too_short")]
    [InlineData("""{"name":"x","permission":"Owner"}""", "permission", "enum")]
    [InlineData("""{"name":"x","users":[true]}""", "users", "reference_type")]
    [InlineData("""{"name":"x","users":[1.5]}""", "users", "reference_type")]
    [InlineData("""{"name":"x","users":null,"description":7}""", "description", "string_type")]
    public async Task Create_Malformed_Is422WithTheField(string body, string field, string type)
    {
        var error = (await assay.Admin.Post("/api/teams", JsonNode.Parse(body))).Expect(422).Json["detail"]![0]!;

        ((string?)error["loc"]![1]).ShouldBe(field);
        ((string?)error["type"]).ShouldBe(type);
    }

    [Fact]
    public async Task Create_WithATakenNameInOtherCase_Is409()
    {
        var team = await assay.CreateTeam("Viewer");
        var other = await assay.CreateTeam("Viewer");
        var taken = new JsonObject { ["name"] = $" {team.Name.ToUpperInvariant()} " };

        (await assay.Admin.Post("/api/teams", taken.DeepClone())).Expect(409).Detail!.ShouldContain("already exists");
        (await assay.Admin.Put($"/api/teams/{other.Id}", taken)).Expect(409);
    }

    [Fact]
    public async Task Create_TheSameNameManyTimesAtOnce_MakesOne()
    {
        var name = People.Unique("Race");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => assay.Admin.Post("/api/teams", new JsonObject { ["name"] = name })));

        answers.Count(a => a.Code == 200).ShouldBe(1);
        answers.Count(a => a.Code == 409).ShouldBe(11);
    }

    [Theory]
    [InlineData("""{"users":[999999999]}""", "User id: 999999999 not found")]
    [InlineData("""{"users":["nobody at all"]}""", "User name: 'nobody at all' not found")]
    [InlineData("""{"datastores":[999999999]}""", "Datastore id: 999999999 not found")]
    [InlineData("""{"datastores":["nowhere"]}""", "Datastore name: 'nowhere' not found")]
    public async Task Update_WithUnknownMembers_Is404AndChangesNothing(string body, string detail)
    {
        var team = await assay.CreateTeam("Viewer");
        var change = JsonNode.Parse(body)!.AsObject();
        change["description"] = "must not stay";

        (await assay.Admin.Put($"/api/teams/{team.Id}", change)).Expect(404).Detail.ShouldBe(detail);
        (await assay.Admin.Get($"/api/teams/{team.Id}")).Json["description"].ShouldBeNull();
    }

    [Fact]
    public async Task Update_WithANameThatTwoUsersHave_Is409()
    {
        var team = await assay.CreateTeam("Viewer");
        var name = People.Unique("Double");
        foreach (var _ in Enumerable.Range(0, 2))
            (await assay.Admin.Put($"/api/users/{(await assay.CreateUser()).Id}", new JsonObject { ["name"] = name })).Expect(200);

        (await assay.Admin.Put($"/api/teams/{team.Id}", new JsonObject { ["users"] = new JsonArray(name) })).Expect(409).Detail!.ShouldContain("use an id");
    }

    [Fact]
    public async Task Update_Partly_LeavesTheRestAndSurvivesItsOwnEcho()
    {
        var team = await assay.CreateTeam("Viewer");
        var user = await assay.CreateUser("Member", team);

        var promoted = (await assay.Admin.Put($"/api/teams/{team.Id}", new JsonObject { ["permission"] = "Editor" })).Expect(200).Json;
        var echoed = (await assay.Admin.Put($"/api/teams/{team.Id}", promoted.DeepClone())).Expect(200).Json;
        var emptied = (await assay.Admin.Put($"/api/teams/{team.Id}", new JsonObject { ["users"] = new JsonArray(), ["description"] = "now empty" })).Expect(200).Json;

        ((string?)promoted["permission"]).ShouldBe("Editor");
        promoted["users"]!.AsArray().Select(u => (long)u!["id"]!).ShouldBe([user.Id]);
        echoed.ToJsonString().ShouldBe(promoted.ToJsonString());
        emptied["users"]!.AsArray().ShouldBeEmpty();
        ((string?)emptied["permission"]).ShouldBe("Editor");
    }

    [Fact]
    public async Task Delete_TakesTheTeamAwayButNotItsUsers()
    {
        var team = await assay.CreateTeam("Viewer");
        var user = await assay.CreateUser("Member", team);

        (await assay.Admin.Delete($"/api/teams/{team.Id}")).Expect(204).Text.ShouldBeEmpty();

        (await assay.Admin.Get($"/api/teams/{team.Id}")).Expect(404).Detail.ShouldBe($"Team id: {team.Id} not found");
        (await assay.Admin.Delete($"/api/teams/{team.Id}")).Expect(404);
        (await user.Api.Get("/api/users/me")).Expect(200).Json["teams"]!.ToJsonString().ShouldBe("[\"Public\"]");
    }

    [Fact]
    public async Task Public_IsEveryonesAndKeepsNameAndUsers()
    {
        var user = await assay.CreateUser();
        var team = (await assay.Admin.Get("/api/teams?name=public")).Expect(200).Json["items"]![0]!;
        var path = $"/api/teams/{team["id"]}";

        team["users"]!.AsArray().ShouldContain(u => (long)u!["id"]! == user.Id);
        (await assay.Admin.Put(path, new JsonObject { ["name"] = "Everybody" })).Expect(409);
        (await assay.Admin.Put(path, new JsonObject { ["users"] = new JsonArray(user.Id) })).Expect(409);
        (await assay.Admin.Delete(path)).Expect(409);
        (await assay.Admin.Post("/api/teams", new JsonObject { ["name"] = "PUBLIC" })).Expect(409);
        (await assay.Admin.Put(path, new JsonObject { ["name"] = "Public", ["description"] = "Everyone" })).Expect(200);
    }

    [Fact]
    public async Task List_SortedAndSearched_PagesInOrder()
    {
        var prefix = People.Unique("Alphabet");
        foreach (var letter in "bac") (await assay.Admin.Post("/api/teams", new JsonObject { ["name"] = $"{prefix} {letter}" })).Expect(200);
        var search = Uri.EscapeDataString(prefix.ToLowerInvariant());

        var page = (await assay.Admin.Get($"/api/teams?search={search}&sort_name=desc&size=2")).Expect(200).Json;
        var byAge = (await assay.Admin.Get($"/api/teams?search={search}&sort_created=asc")).Expect(200).Json;

        page["items"]!.AsArray().Select(t => ((string)t!["name"]!)[^1]).ShouldBe(['c', 'b']);
        ((int)page["total"]!).ShouldBe(3);
        ((int)page["pages"]!).ShouldBe(2);
        byAge["items"]!.AsArray().Select(t => ((string)t!["name"]!)[^1]).ShouldBe(['b', 'a', 'c']);
    }
}
