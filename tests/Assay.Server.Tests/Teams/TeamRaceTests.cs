using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Teams;

public sealed class TeamRaceTests(AssayServer assay)
{
    [Fact]
    public async Task Update_OfTheSameTeamsAndUsersAtOnce_EndsWithoutServerErrors()
    {
        var (first, second) = (await assay.CreateTeam("Viewer"), await assay.CreateTeam("Viewer"));
        var users = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => assay.CreateUser()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 4) switch
        {
            0 => assay.Admin.Put($"/api/teams/{first.Id}", new JsonObject { ["users"] = Some(i) }),
            1 => assay.Admin.Put($"/api/teams/{second.Id}", new JsonObject { ["users"] = Some(i + 1) }),
            2 => assay.Admin.Put($"/api/users/{users[i / 4 % 4].Id}", new JsonObject { ["teams"] = new JsonArray(second.Id, first.Id) }),
            _ => assay.Admin.Put($"/api/users/{users[i / 4 % 4].Id}", new JsonObject { ["teams"] = new JsonArray() }),
        }));

        answers.ShouldAllBe(a => a.Code == 200 || a.Code == 409);
        answers.Count(a => a.Code == 200).ShouldBeGreaterThan(10);

        JsonArray Some(int i) => [.. users.Where((_, index) => (i >> index & 1) == 1).Select(u => JsonValue.Create(u.Id))];
    }

    [Fact]
    public async Task Delete_WhileMembersAreSeated_EndsWithoutServerErrors()
    {
        var user = await assay.CreateUser();
        for (var round = 0; round < 5; round++)
        {
            var team = await assay.CreateTeam("Viewer");

            var answers = await Task.WhenAll(
                assay.Admin.Put($"/api/teams/{team.Id}", new JsonObject { ["users"] = new JsonArray(user.Id), ["description"] = "late" }),
                assay.Admin.Put($"/api/users/{user.Id}", new JsonObject { ["teams"] = new JsonArray(team.Id) }),
                assay.Admin.Delete($"/api/teams/{team.Id}"));

            answers.ShouldAllBe(a => a.Code < 500);
            answers[2].Expect(204);
        }
    }
}
