using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Users;

public sealed class LastAdministratorTests(OwnServer own) : IClassFixture<OwnServer>
{
    [Theory]
    [InlineData("""{"role":"Member"}""")]
    [InlineData("""{"deactivated":true}""")]
    public async Task Update_OfTheLastAdministrator_Is409AndChangesNothing(string change)
    {
        var id = (await own.Assay.Admin.Get("/api/users/me")).Id;
        var shutOut = await own.Assay.CreateUser("Admin");
        await own.Assay.Admin.Put($"/api/users/{shutOut.Id}", new JsonObject { ["deactivated"] = true });

        (await own.Assay.Admin.Put($"/api/users/{id}", JsonNode.Parse(change))).Expect(409).Detail!.ShouldContain("last active administrator");

        (await own.Assay.Admin.Get("/api/users")).Expect(200);
        (await own.Assay.Admin.Put($"/api/users/{id}", new JsonObject { ["role"] = "Admin", ["deactivated"] = false, ["name"] = "Still here" })).Expect(200);
    }

    [Fact]
    public async Task Update_OfEachOtherAtOnce_LeavesOneAdministrator()
    {
        var first = await own.Assay.CreateUser("Admin");
        var second = await own.Assay.CreateUser("Admin");
        var original = (await own.Assay.Admin.Get("/api/users/me")).Id;
        (await first.Api.Put($"/api/users/{original}", new JsonObject { ["role"] = "Manager" })).Expect(200);
        for (var round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(
                first.Api.Put($"/api/users/{second.Id}", new JsonObject { ["role"] = "Member" }),
                second.Api.Put($"/api/users/{first.Id}", new JsonObject { ["role"] = "Member" }));

            answers.Count(a => a.Code == 200).ShouldBe(1, string.Join(" / ", answers.Select(a => a.Text)));
            var (left, fallen) = answers[0].Code == 200 ? (first, second) : (second, first);
            (await left.Api.Put($"/api/users/{fallen.Id}", new JsonObject { ["role"] = "Admin" })).Expect(200);
        }
        (await first.Api.Put($"/api/users/{original}", new JsonObject { ["role"] = "Admin" })).Expect(200);
        foreach (var helper in new[] { first, second })
            (await own.Assay.Admin.Put($"/api/users/{helper.Id}", new JsonObject { ["role"] = "Member" })).Expect(200);
    }
}
