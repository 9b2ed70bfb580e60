using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.History;

public sealed class ActivityTests(AssayServer assay)
{
    [Fact]
    public async Task List_OfOneUser_ShowsWhatTheyChangedNewestFirst()
    {
        var admin = await assay.CreateUser("Admin");
        var team = (await admin.Api.Post("/api/teams", new JsonObject { ["name"] = People.Unique("Watched") })).Expect(200).Id;
        (await admin.Api.Put($"/api/teams/{team}", new JsonObject { ["permission"] = "Editor" })).Expect(200);
        (await admin.Api.Put($"/api/teams/{team}", new JsonObject { ["permission"] = "Editor" })).Expect(200); // changes nothing
        var user = (await admin.Api.Post("/api/users", new JsonObject { ["name"] = People.Unique("Watched"), ["role"] = "Member" })).Expect(200).Id;
        (await admin.Api.Put($"/api/users/{user}", new JsonObject { ["teams"] = new JsonArray(team) })).Expect(200);
        var token = (await admin.Api.Post("/api/user-tokens", new JsonObject { ["name"] = "watched", ["user_id"] = user })).Expect(200).Id;
        (await admin.Api.Put($"/api/user-tokens/{token}")).Expect(200);
        (await admin.Api.Delete($"/api/user-tokens/{token}")).Expect(204);
        (await admin.Api.Delete($"/api/teams/{team}")).Expect(204);

        var page = (await assay.Admin.Get($"/api/activity?users={admin.Id}")).Expect(200).Json;

        page["items"]!.AsArray().Select(i => $"{i!["verb"]} {i["object_type"]} {i["object_id"]}").ShouldBe(
        [
            $"delete team {team}", $"delete user_token {token}", $"update user_token {token}", $"insert user_token {token}",
            $"update user {user}", $"insert user {user}", $"update team {team}", $"insert team {team}",
        ]);
        var transaction = page["items"]![0]!["transaction"]!;
        ((long)transaction["user"]!["id"]!).ShouldBe(admin.Id);
        ((string?)transaction["user"]!["name"]).ShouldBe(admin.Name);
        (DateTime.UtcNow - DateTime.Parse((string)transaction["issued_at"]!).ToUniversalTime()).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task List_BetweenDates_TakesBothDaysIn()
    {
        var admin = await assay.CreateUser("Admin");
        (await admin.Api.Post("/api/teams", new JsonObject { ["name"] = People.Unique("Dated") })).Expect(200);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        (await Count($"start_date={today.AddDays(-1):yyyy-MM-dd}&end_date={today.AddDays(1):yyyy-MM-dd}")).ShouldBe(1);
        (await Count($"start_date={today.AddDays(2):yyyy-MM-dd}")).ShouldBe(0);
        (await Count($"end_date={today.AddDays(-2):yyyy-MM-dd}")).ShouldBe(0);
        (await Count("start_date=0001-01-01&end_date=9999-12-31")).ShouldBe(1);
        (await assay.Admin.Get("/api/activity?start_date=yesterday")).Expect(422);

        async Task<long> Count(string dates) => (long)(await assay.Admin.Get($"/api/activity?users={admin.Id}&{dates}")).Expect(200).Json["total"]!;
    }

    [Fact]
    public async Task List_NeverHoldsAToken()
    {
        var user = await assay.CreateUser();

        var text = (await assay.Admin.Get("/api/activity?size=100")).Expect(200).Text;

        text.ShouldNotContain(user.Token);
    }
}
