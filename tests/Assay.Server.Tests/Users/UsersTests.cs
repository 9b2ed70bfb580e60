using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Users;

public sealed class UsersTests(AssayServer assay)
{
    [Fact]
    public async Task Create_ServiceAccount_DerivesItsUserIdFromTheName()
    {
        var suffix = Guid.NewGuid().ToString("N");

        var user = (await assay.Admin.Post("/api/users", new JsonObject { ["name"] = $"Pipeline Auto-mation! {suffix}", ["role"] = "Manager" })).Expect(200).Json;

        ((string?)user["user_id"]).ShouldBe($"pipeline_automation_{suffix}@service");
        ((string?)user["user_name"]).ShouldBe((string?)user["user_id"]);
        ((string?)user["user_type"]).ShouldBe("Service");
        ((string?)user["role"]).ShouldBe("Manager");
        user["email"].ShouldBeNull();
        user["teams"]!.ToJsonString().ShouldBe("[\"Public\"]");
        ((long?)user["created_by_id"]).ShouldNotBeNull();
        ((string?)user["created"])!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$");
    }

    [Fact]
    public async Task Create_ServiceAccountWithTheSameUserId_Is409()
    {
        var name = People.Unique("Twin");
        await assay.Admin.Post("/api/users", new JsonObject { ["name"] = name, ["role"] = "Member" });

        var second = await assay.Admin.Post("/api/users", new JsonObject { ["name"] = name.ToUpperInvariant() + "?", ["role"] = "Member" });

        second.Expect(409).Detail!.ShouldContain("already exists");
    }

    [Fact]
    public async Task Create_Person_SignsInByEmailUnlessTold()
    {
        var email = $"Ada.{Guid.NewGuid():N}@Example.com";

        var user = (await assay.Admin.Post("/api/users", new JsonObject { ["name"] = "Ada", ["role"] = "Member", ["user_type"] = "Human", ["email"] = email })).Expect(200).Json;
        var again = await assay.Admin.Post("/api/users",
            new JsonObject { ["name"] = "Ada", ["role"] = "Member", ["user_type"] = "Human", ["email"] = email.ToUpperInvariant(), ["user_id"] = People.Unique("ada") });

        ((string?)user["user_id"]).ShouldBe(email.ToLowerInvariant());
        ((string?)user["email"]).ShouldBe(email);
        ((string?)user["user_type"]).ShouldBe("Human");
        again.Expect(409);
    }

    [Theory]
    [InlineData("""{"role":"Member"}""", "name", "missing")]
    [InlineData("""{"name":"x"}""", "role", "missing")]
    [InlineData("""{"name":"x","role":"Owner"}""", "role", "enum")]
    [InlineData("""{"name":"😀","role":"Member"}""", "name", "value_error")]
    [InlineData("""{"name":"x","role":"Member","email":"a@b.c"}""", "email", "value_error")]
    [InlineData("""{"name":"x","role":"Member","user_type":"Human"}""", "email", "missing")]
    [InlineData("""{"name":"x","role":"Member","user_type":"Human","email":"no address"}""", "email", "value_error")]
    [InlineData("""{"name":"x","role":"Member","user_type":"Human","user_id":"me@service"}""", "user_id", "value_error")]
    [InlineData("""{"name":"x","role":"Member","teams":[{}]}""", "teams", "reference_type")]
    [InlineData("""{"name":"x","role":"Member","teams":"Public"}""", "teams", "list_type")]
    public async Task Create_Malformed_Is422WithTheField(string body, string field, string type)
    {
        var answer = await assay.Admin.Post("/api/users", JsonNode.Parse(body));

        var error = answer.Expect(422).Json["detail"]![0]!;
        ((string?)error["loc"]![1]).ShouldBe(field);
        ((string?)error["type"]).ShouldBe(type);
    }

    [Fact]
    public async Task Create_WithUnknownTeam_Is404AndMakesNothing()
    {
        var name = People.Unique("Nobody");

        var answer = await assay.Admin.Post("/api/users", new JsonObject { ["name"] = name, ["role"] = "Member", ["teams"] = new JsonArray("No such team") });

        answer.Expect(404).Detail.ShouldBe("Team name: 'No such team' not found");
        ((int?)(await assay.Admin.Get($"/api/users?name={Uri.EscapeDataString(name)}")).Json["total"]).ShouldBe(0);
    }

    [Fact]
    public async Task Update_Partly_LeavesTheRest()
    {
        var team = await assay.CreateTeam("Viewer");
        var user = await assay.CreateUser("Member", team);

        var renamed = (await assay.Admin.Put($"/api/users/{user.Id}", new JsonObject { ["name"] = "Grace" })).Expect(200).Json;
        var echoed = (await assay.Admin.Put($"/api/users/{user.Id}", renamed.DeepClone())).Expect(200).Json;
        var left = (await assay.Admin.Put($"/api/users/{user.Id}", new JsonObject { ["teams"] = new JsonArray(), ["role"] = "Manager" })).Expect(200).Json;

        ((string?)renamed["name"]).ShouldBe("Grace");
        renamed["teams"]!.ToJsonString().ShouldBe($"[\"Public\",\"{team.Name}\"]");
        echoed.ToJsonString().ShouldBe(renamed.ToJsonString());
        left["teams"]!.ToJsonString().ShouldBe("[\"Public\"]");
        ((string?)left["role"]).ShouldBe("Manager");
    }

    [Fact]
    public async Task Update_RoleOrDeactivation_TakesEffectOnTheNextRequest()
    {
        var user = await assay.CreateUser("Member");
        (await user.Api.Get("/api/users")).Expect(403);

        await assay.Admin.Put($"/api/users/{user.Id}", new JsonObject { ["role"] = "Manager" });
        (await user.Api.Get("/api/users")).Expect(200);
        await assay.Admin.Put($"/api/users/{user.Id}", new JsonObject { ["deactivated"] = true });
        (await user.Api.Get("/api/users/me")).Expect(401);
        await assay.Admin.Put($"/api/users/{user.Id}", new JsonObject { ["deactivated"] = false });
        (await user.Api.Get("/api/users/me")).Expect(200);
    }

    [Fact]
    public async Task List_Filtered_FindsByEveryFilter()
    {
        var team = await assay.CreateTeam("Viewer");
        var person = await assay.CreateUser("Manager", team);
        var robot = await assay.CreateServiceAccount("Member", team);
        await assay.Admin.Put($"/api/users/{robot.Id}", new JsonObject { ["deactivated"] = true });
        var name = Uri.EscapeDataString(team.Name);

        (await Ids($"team={name}")).ShouldBe([person.Id, robot.Id], ignoreOrder: true);
        (await Ids($"team={team.Id}&role=Manager")).ShouldBe([person.Id]);
        (await Ids($"team={name}&role=Manager&role=Member")).ShouldBe([person.Id, robot.Id], ignoreOrder: true);
        (await Ids($"team={name}&user_type=Service")).ShouldBe([robot.Id]);
        (await Ids($"team={name}&deactivated=False")).ShouldBe([person.Id]);
        (await Ids($"name={Uri.EscapeDataString(person.Name)}")).ShouldBe([person.Id]);
        (await Ids($"search={Uri.EscapeDataString(person.Name.ToUpperInvariant())}")).ShouldBe([person.Id]);
        (await Ids($"search={Uri.EscapeDataString(robot.UserId)}")).ShouldBe([robot.Id]);
        (await Ids($"team={name}&search=%25")).ShouldBeEmpty();
        (await Ids($"team={name}&sort_role=asc")).ShouldBe([person.Id, robot.Id]);
        (await Ids($"team={name}&sort_role=desc")).ShouldBe([robot.Id, person.Id]);
        (await Ids($"team={name}&sort_created=desc")).ShouldBe([robot.Id, person.Id]);
        (await Ids($"team={name}&sort_name=desc&limit=1&page=2")).ShouldBe([person.Id]);
        (await Ids($"team={name}&page=2147483647&size=100")).ShouldBeEmpty();
        (await Ids("team=No%20such%20team")).ShouldBeEmpty();

        async Task<long[]> Ids(string query) =>
            [.. (await assay.Admin.Get($"/api/users?{query}")).Expect(200).Json["items"]!.AsArray().Select(u => (long)u!["id"]!)];
    }

    [Fact]
    public async Task Listing_OfServices_IsABareArrayOfServiceAccounts()
    {
        var robot = await assay.CreateServiceAccount();
        var person = await assay.CreateUser();

        var listing = (await assay.Admin.Get("/api/users/listing?type=Service")).Expect(200).Json.AsArray();

        listing.ShouldContain(u => (long)u!["id"]! == robot.Id);
        listing.ShouldNotContain(u => (long)u!["id"]! == person.Id);
        listing.ShouldAllBe(u => (string?)u!["user_type"] == "Service");
    }

    [Fact]
    public async Task MeAndBootstrap_ForAnyRole_AreTheCaller()
    {
        var user = await assay.CreateUser("Member");

        var me = (await user.Api.Get("/api/users/me")).Expect(200).Json;
        var session = (await user.Api.Get("/api/bootstrap")).Expect(200).Json;

        ((string?)me["name"]).ShouldBe(user.Name);
        ((string?)me["role"]).ShouldBe("Member");
        session["current_user"]!.ToJsonString().ShouldBe(me.ToJsonString());
        (await assay.Admin.Get($"/api/users/{user.Id}")).Json.ToJsonString().ShouldBe(me.ToJsonString());
    }

    [Fact]
    public async Task Get_Unknown_Is404InTheFixedWords() =>
        (await assay.Admin.Get("/api/users/999999999")).Expect(404).Detail.ShouldBe("User id: 999999999 not found");

    [Fact]
    public async Task Application_SaysWhatItIs()
    {
        var about = (await assay.Admin.Get("/api/")).Expect(200).Json;

        ((string?)about["application"]).ShouldBe("Assay");
        ((string?)about["version"]).ShouldNotBeNullOrEmpty();
        (await assay.Admin.Get("/api/gateway")).Expect(200).Text.ShouldBe("""{"gateway":null}""");
    }
}
