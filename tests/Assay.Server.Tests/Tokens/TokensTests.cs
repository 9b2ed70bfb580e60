using System.Text;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Tokens;

public sealed class TokensTests(AssayServer assay)
{
    [Fact]
    public async Task Create_ForOneself_ShowsTheTokenOnce()
    {
        var user = await assay.CreateUser();

        var made = (await user.Api.Post("/api/user-tokens", new JsonObject { ["name"] = "laptop", ["expires_in_days"] = 30 })).Expect(200);
        var listed = (await user.Api.Get("/api/user-tokens")).Expect(200);

        var token = (string)made.Json["bearer_token"]!;
        ((bool)made.Json["active"]!).ShouldBeTrue();
        made.Json["last_used"].ShouldBeNull();
        ((string?)made.Json["user"]!["user_id"]).ShouldBe(user.UserId);
        (DateTime.Parse((string)made.Json["expiration"]!) - DateTime.Parse((string)made.Json["created"]!)).ShouldBe(TimeSpan.FromDays(30));
        listed.Text.ShouldNotContain("bearer_token");
        listed.Text.ShouldNotContain(token);
        listed.Json.AsArray().Single(t => (long)t!["id"]! == made.Id)!["name"]!.ToString().ShouldBe("laptop");
        (await assay.ClientFor(token).Get("/api/users/me")).Expect(200).Id.ShouldBe(user.Id);
    }

    [Fact]
    public async Task Create_Token_IsAJwtThatClientsCanRead()
    {
        var user = await assay.CreateUser();
        var expiring = (string)(await user.Api.Post("/api/user-tokens", new JsonObject { ["name"] = "a", ["expires_in_days"] = 365 })).Json["bearer_token"]!;
        var lasting = (string)(await user.Api.Post("/api/user-tokens", new JsonObject { ["name"] = "b" })).Json["bearer_token"]!;

        ((double)Part(expiring, 1)["exp"]!).ShouldBe(DateTimeOffset.UtcNow.AddDays(365).ToUnixTimeSeconds(), 60);
        Part(lasting, 1)["exp"].ShouldBeNull();
        ((string?)Part(lasting, 0)["typ"]).ShouldBe("JWT");

        static JsonNode Part(string token, int index) =>
            JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[index])))!;
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"x","expires_in_days":0}""", "expires_in_days")]
    [InlineData("""{"name":"x","expires_in_days":366}""", "expires_in_days")]
    [InlineData("""{"name":"x","expires_in_days":"soon"}""", "expires_in_days")]
    [InlineData("""{"name":"x","scim_endpoints_only":null}""", "scim_endpoints_only")]
    [InlineData("""{"name":"x","user_id":[1]}""", "user_id")]
    public async Task Create_Malformed_Is422WithTheField(string body, string field)
    {
        var answer = await assay.Admin.Post("/api/user-tokens", JsonNode.Parse(body));

        ((string?)answer.Expect(422).Json["detail"]![0]!["loc"]![1]).ShouldBe(field);
    }

    [Fact]
    public async Task Create_ForAServiceAccount_NeedsAdminAndAUniqueName()
    {
        var robot = await assay.CreateServiceAccount();
        var manager = await assay.CreateUser("Manager");
        var body = new JsonObject { ["name"] = "nightly", ["user_id"] = robot.UserId };

        (await manager.Api.Post("/api/user-tokens", body.DeepClone())).Expect(403);
        var made = (await assay.Admin.Post("/api/user-tokens", body.DeepClone())).Expect(200);
        (await assay.Admin.Post("/api/user-tokens", body)).Expect(409).Detail!.ShouldContain("already exists");

        var all = (await assay.Admin.Get("/api/user-tokens/service")).Expect(200).Json.AsArray();
        all.ShouldContain(t => (long)t!["id"]! == made.Id);
        all.ShouldAllBe(t => (string?)t!["user"]!["user_type"] == "Service");
        (await manager.Api.Get("/api/user-tokens/service")).Expect(403);
    }

    [Fact]
    public async Task Create_TheSameServiceNameAtOnce_MakesOne()
    {
        var robot = await assay.CreateServiceAccount();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => assay.Admin.Post("/api/user-tokens", new JsonObject { ["name"] = "once", ["user_id"] = robot.Id })));

        answers.Count(a => a.Code == 200).ShouldBe(1);
        answers.Count(a => a.Code == 409).ShouldBe(7);
    }

    [Fact]
    public async Task Create_ForUnknownOrDeactivatedUser_IsRefused()
    {
        var user = await assay.CreateUser();
        await assay.Admin.Put($"/api/users/{user.Id}", new JsonObject { ["deactivated"] = true });

        (await assay.Admin.Post("/api/user-tokens", new JsonObject { ["name"] = "x", ["user_id"] = 999999999 })).Expect(404);
        (await assay.Admin.Post("/api/user-tokens", new JsonObject { ["name"] = "x", ["user_id"] = user.Id })).Expect(409);
    }

    [Fact]
    public async Task Revoke_TakesEffectAtOnceAndCanBeUndone()
    {
        var user = await assay.CreateUser();
        var second = (await user.Api.Post("/api/user-tokens", new JsonObject { ["name"] = "second" })).Expect(200);
        var api = assay.ClientFor((string)second.Json["bearer_token"]!);
        (await api.Get("/api/users/me")).Expect(200);

        var revoked = (await user.Api.Put($"/api/user-tokens/{second.Id}")).Expect(200);
        ((bool)revoked.Json["active"]!).ShouldBeFalse();
        (await api.Get("/api/users/me")).Expect(401);
        ((bool)(await user.Api.Put($"/api/user-tokens/{second.Id}", new JsonObject { ["revoke"] = false })).Expect(200).Json["active"]!).ShouldBeTrue();
        (await api.Get("/api/users/me")).Expect(200);
    }

    [Fact]
    public async Task Delete_OfAnActiveToken_Is409AndOfARevokedOne204()
    {
        var user = await assay.CreateUser();
        var token = (await user.Api.Post("/api/user-tokens", new JsonObject { ["name"] = "spare" })).Expect(200);

        (await user.Api.Delete($"/api/user-tokens/{token.Id}")).Expect(409);
        await user.Api.Put($"/api/user-tokens/{token.Id}", new JsonObject());
        (await user.Api.Delete($"/api/user-tokens/{token.Id}")).Expect(204).Text.ShouldBeEmpty();
        (await user.Api.Delete($"/api/user-tokens/{token.Id}")).Expect(404);
    }

    [Fact]
    public async Task RevokeAndDelete_OfSomeoneElsesToken_IsForAdminsOnly()
    {
        var owner = await assay.CreateUser();
        var other = await assay.CreateUser("Manager");

        (await other.Api.Put($"/api/user-tokens/{owner.TokenId}")).Expect(404).Detail.ShouldBe($"Token id: {owner.TokenId} not found");
        (await other.Api.Delete($"/api/user-tokens/{owner.TokenId}")).Expect(404);
        (await other.Api.Get("/api/user-tokens")).Json.AsArray().ShouldNotContain(t => (long)t!["id"]! == owner.TokenId);
        (await assay.Admin.Put($"/api/user-tokens/{owner.TokenId}")).Expect(200);
        (await assay.Admin.Delete($"/api/user-tokens/{owner.TokenId}")).Expect(204);
    }

    [Fact]
    public async Task LastUsed_FollowsTheUse()
    {
        var user = await assay.CreateUser();

        var own = (await user.Api.Get("/api/user-tokens")).Expect(200).Json[0]!;

        (DateTime.UtcNow - DateTime.Parse((string)own["last_used"]!).ToUniversalTime()).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task ScimToken_OutsideScim_Is403()
    {
        var token = (await assay.Admin.Post("/api/user-tokens", new JsonObject { ["name"] = People.Unique("scim"), ["scim_endpoints_only"] = true })).Expect(200);

        (await assay.ClientFor((string)token.Json["bearer_token"]!).Get("/api/users/me")).Expect(403);
    }
}
