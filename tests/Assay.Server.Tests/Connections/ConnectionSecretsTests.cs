using System.Text.Json.Nodes;
using Assay.Server.Connections;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Connections;

/// <summary>The rule for every secret member: absent or masked keeps, null clears, anything else replaces.</summary>
public sealed class ConnectionSecretsTests(AssayServer assay)
{
    private const string Payload = "secrets_manager.credentials_payload";

    [Theory]
    [InlineData("password")]
    [InlineData("passphrase")]
    [InlineData("secret_key")]
    [InlineData(Payload)]
    public async Task Update_LeavingASecretOutOrMasked_KeepsIt(string field)
    {
        var created = await CreateWithAllSecrets();
        var before = await assay.StoredSecrets(created.Id);

        (await Update(created, new() { ["jdbc_fetch_size"] = 1 })).Expect(200);
        foreach (var mask in new[] { "***", "********", "••••" }) (await Update(created, With(field, mask))).Expect(200);

        (await assay.StoredSecrets(created.Id)).ShouldBe(before);
        before.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("password", "a new one")]
    [InlineData("passphrase", "a new one")]
    [InlineData("secret_key", "a new one")]
    [InlineData(Payload, """{"a":"new one"}""")]
    public async Task Update_WithANewSecret_ReplacesOnlyIt(string field, string value)
    {
        var created = await CreateWithAllSecrets();
        var expected = new Dictionary<string, string>(await assay.StoredSecrets(created.Id)) { [field] = value };

        (await Update(created, With(field, value))).Expect(200).Text.ShouldNotContain("new one");

        (await assay.StoredSecrets(created.Id)).ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [InlineData("passphrase")]
    [InlineData("secret_key")]
    [InlineData(Payload)]
    public async Task Update_WithNull_ClearsOnlyThatSecret(string field)
    {
        var created = await CreateWithAllSecrets();
        var expected = new Dictionary<string, string>(await assay.StoredSecrets(created.Id));
        expected.Remove(field);

        var after = (await Update(created, With(field, null))).Expect(200);

        (await assay.StoredSecrets(created.Id)).ShouldBe(expected, ignoreOrder: true);
        after.Json["stored_secrets"]!.AsArray().Select(s => (string)s!).ShouldBe(expected.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Update_WithTheRedactedSecretsManager_KeepsItsPayload()
    {
        var created = await CreateWithAllSecrets();
        created.Json["secrets_manager"]!.AsObject().ContainsKey("credentials_payload").ShouldBeFalse();

        (await Update(created, new() { ["secrets_manager"] = created.Json["secrets_manager"]!.DeepClone(), ["jdbc_fetch_size"] = 3 })).Expect(200);

        (await assay.StoredSecrets(created.Id)).ShouldContainKey(Payload);
    }

    [Fact]
    public async Task Update_RemovingTheSecretsManager_RemovesItsPayload()
    {
        var created = await CreateWithAllSecrets();

        (await Update(created, new() { ["secrets_manager"] = null })).Expect(200).Json["secrets_manager"].ShouldBeNull();

        (await assay.StoredSecrets(created.Id)).ShouldNotContainKey(Payload);
    }

    [Fact]
    public async Task Create_WithAMask_IsRefused()
    {
        var body = (await TestSources.PostgresConnection()).With(new() { ["password"] = "********" });

        (await assay.Admin.Post("/api/connections", body)).Expect(422).Errors().Select(e => e.Loc).ShouldContain("body.password");
    }

    [Fact]
    public async Task Update_WithAMaskWhereNothingIsStored_IsRefused()
    {
        var created = await assay.CreateConnection();

        (await Update(created, new() { ["passphrase"] = "***" })).Expect(422).Errors().ShouldHaveSingleItem().Loc.ShouldBe("body.passphrase");
    }

    [Theory]
    [InlineData("host", "\"elsewhere.example.com\"")]
    [InlineData("host", "null")]
    [InlineData("port", "6543")]
    [InlineData("username", "\"root\"")]
    public async Task Update_PointingAKeptSecretElsewhere_IsRefusedAndNothingIsSaved(string member, string value)
    {
        var created = await assay.CreateConnection();

        var answer = await Update(created, new() { [member] = JsonNode.Parse(value) }, "?verify=false");

        var error = answer.Expect(422).Errors().Single(e => e.Loc == "body.password");
        error.Msg.ShouldContain(member);
        error.Msg.ShouldContain("send password again");
        (await assay.Admin.Get($"/api/connections/{created.Id}")).Text.ShouldBe(created.Text);
    }

    [Theory]
    [InlineData("host", "\"elsewhere.example.com\"")]
    [InlineData("port", "6543")]
    [InlineData("username", "\"root\"")]
    public async Task Test_PointingAKeptSecretElsewhere_IsRefusedToo(string member, string value)
    {
        var created = await assay.CreateConnection();

        var answer = await assay.Admin.Post($"/api/connections/{created.Id}/test", new JsonObject { [member] = JsonNode.Parse(value) });

        answer.Expect(422).Errors().Select(e => e.Loc).ShouldContain("body.password");
    }

    [Fact]
    public async Task Update_OfTheHostWithTheSecretsSentAgain_IsSaved()
    {
        var created = await CreateWithAllSecrets();
        JsonObject moved = new() { ["host"] = "elsewhere.example.com", ["password"] = "again", ["passphrase"] = "again", ["secret_key"] = null };

        (await Update(created, moved)).Expect(422).Errors().ShouldHaveSingleItem().Loc.ShouldBe($"body.{Payload}");
        moved["secrets_manager"] = null;

        ((string?)(await Update(created, moved)).Expect(200).Json["host"]).ShouldBe("elsewhere.example.com");
    }

    [Theory]
    [InlineData("login_url", "http://other.example.com/login")]
    [InlineData("secret_url", "http://other.example.com/secret")]
    [InlineData("token_header_name", "X-Other")]
    public async Task Update_PointingTheVaultsCredentialsElsewhere_IsRefused(string member, string value)
    {
        var created = await CreateWithAllSecrets();
        var manager = created.Json["secrets_manager"]!.AsObject().With(new() { [member] = value });

        var error = (await Update(created, new() { ["secrets_manager"] = manager })).Expect(422).Errors().ShouldHaveSingleItem();

        error.Loc.ShouldBe($"body.{Payload}");
        error.Msg.ShouldContain($"secrets_manager.{member}");
    }

    [Fact]
    public async Task Update_SpellingOutAVaultsSecretInAnotherMember_IsRefused()
    {
        var created = await CreateWithAllSecrets();

        var answer = await Update(created, new() { ["parameters"] = new JsonObject { ["application_name"] = "${db_password}" } });

        answer.Expect(422).Errors().ShouldHaveSingleItem().Loc.ShouldBe($"body.{Payload}");
    }

    [Fact]
    public async Task Secret_ThatNoKeyOpens_IsToldOnUseAndNeverBreaksReading()
    {
        var created = await assay.CreateConnection();
        await DamageSecret(created.Id, "password");

        (await assay.Admin.Get($"/api/connections/{created.Id}")).Expect(200).Text.ShouldBe(created.Text);
        (await assay.Admin.Get($"/api/connections?id={created.Id}")).Expect(200);
        (await assay.Admin.Get("/api/connections/listing")).Expect(200);
        (await assay.Admin.Post($"/api/connections/{created.Id}/test")).Expect(400).Message!.ShouldContain("needs re-entry");
        (await Update(created, new() { ["jdbc_fetch_size"] = 7 })).Expect(200);
        (await Update(created, new() { ["parameters"] = new JsonObject { ["application_name"] = "x" } })).Expect(422).Errors().ShouldHaveSingleItem().Loc.ShouldBe("body.password");
    }

    [Fact]
    public async Task Secret_ThatNoKeyOpens_IsCuredByReentry()
    {
        var role = await (await PostgresServer.SharedAsync()).CreateReaderAsync();
        var created = await assay.CreateConnection(role: role);
        await DamageSecret(created.Id, "password");

        (await Update(created, new() { ["password"] = role.Password })).Expect(200);

        (await assay.Admin.Post($"/api/connections/{created.Id}/test")).Expect(204);
    }

    [Fact]
    public async Task Secret_MovedToAnotherRecordOrField_DoesNotOpen()
    {
        var (one, other) = (await CreateWithAllSecrets(), await CreateWithAllSecrets());
        await using var db = await Db();
        var foreign = (await db.Set<ConnectionSecret>().SingleAsync(s => s.ConnectionId == one.Id && s.Field == "password")).Ciphertext;

        await db.Set<ConnectionSecret>().Where(s => s.ConnectionId == other.Id && s.Field == "password").ExecuteUpdateAsync(s => s.SetProperty(x => x.Ciphertext, foreign));
        await db.Set<ConnectionSecret>().Where(s => s.ConnectionId == one.Id && s.Field == "passphrase").ExecuteUpdateAsync(s => s.SetProperty(x => x.Ciphertext, foreign));

        (await assay.StoredSecrets(other.Id)).ShouldNotContainKey("password");
        (await assay.StoredSecrets(one.Id)).ShouldNotContainKey("passphrase");
        (await assay.StoredSecrets(one.Id)).ShouldContainKey("password");
    }

    private async Task<Answer> CreateWithAllSecrets() => (await assay.Admin.Post("/api/connections", (await TestSources.PostgresConnection()).With(new()
    {
        ["passphrase"] = "a phrase",
        ["secret_key"] = "a key",
        ["secrets_manager"] = new JsonObject
        {
            ["login_url"] = "http://vault.example.com/login",
            ["secret_url"] = "http://vault.example.com/secret",
            ["credentials_payload"] = """{"role":"assay"}""",
        },
    }))).Expect(200);

    /// <summary>The body that sets one secret; the secrets manager's travels with the rest of it.</summary>
    private static JsonObject With(string field, string? value) => field == Payload
        ? new() { ["secrets_manager"] = new JsonObject { ["login_url"] = "http://vault.example.com/login", ["secret_url"] = "http://vault.example.com/secret", ["credentials_payload"] = value } }
        : new() { [field] = value };

    private Task<Answer> Update(Answer connection, JsonObject changes, string query = "?verify=false") => assay.UpdateConnection(connection, changes, query);

    private async Task DamageSecret(long id, string field)
    {
        await using var db = await Db();
        await db.Set<ConnectionSecret>().Where(s => s.ConnectionId == id && s.Field == field).ExecuteUpdateAsync(s => s.SetProperty(x => x.Ciphertext, x => x.Ciphertext + "x"));
    }

    private Task<AssayDb> Db() => assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
}
