using System.Text.Json.Nodes;
using Assay.Server.Connections;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Connections;

/// <summary><c>${key}</c> in a connection is filled from a real HTTP vault whenever the connection is used.</summary>
public sealed class SecretsManagerTests(AssayServer assay) : IAsyncLifetime
{
    private HttpVault vault = null!;
    private PostgresRole role = null!;

    public async ValueTask InitializeAsync()
    {
        vault = await HttpVault.StartAsync();
        var server = await PostgresServer.SharedAsync();
        role = await server.CreateReaderAsync();
        vault.Values["db_user"] = role.Name;
        vault.Values["db_password"] = role.Password;
        vault.Values["app"] = 42;
    }

    public ValueTask DisposeAsync() => vault.DisposeAsync();

    [Fact]
    public async Task Test_OfAConnectionWithPlaceholders_SignsInWithWhatTheVaultHolds()
    {
        var created = await Create();

        (await Test(created)).Expect(204);

        var shown = (await assay.Admin.Get($"/api/connections/{created.Id}")).Expect(200);
        ((string?)shown.Json["username"]).ShouldBe("${db_user}");
        shown.Text.ShouldNotContain(role.Password);
        shown.Json["secrets_manager"]!.AsObject().Select(p => p.Key).Order().ShouldBe(["data_jsonpath", "login_url", "secret_url", "token_header_name", "token_jsonpath"]);
        ((string?)shown.Json["secrets_manager"]!["token_header_name"]).ShouldBe("X-Vault-Token");
        ((string?)shown.Json["secrets_manager"]!["token_jsonpath"]).ShouldBe("$.auth.client_token");
    }

    [Fact]
    public async Task SettingsAsync_AfterARotationInTheVault_HoldsTheNewValue()
    {
        var created = await Create();
        (await Settings(created)).Password!.Reveal().ShouldBe(role.Password);

        vault.Values["db_password"] = "rotated ${db_user}";

        var settings = await Settings(created);
        settings.Password!.Reveal().ShouldBe("rotated ${db_user}");
        settings.Username.ShouldBe(role.Name);
        settings.Parameters["application_name"].GetString().ShouldBe("assay-42");
        vault.Logins.ShouldBe(2);
    }

    [Fact]
    public async Task Test_WithWrongCredentials_NamesTheStep()
    {
        var created = await Create(vault.Manager().With(new() { ["credentials_payload"] = """{"role_id":"nobody"}""" }));

        (await Test(created)).Expect(400).Message!.ShouldContain("credentials_payload");
    }

    [Theory]
    [InlineData("data_jsonpath", "$.data", "db_user")]
    [InlineData("data_jsonpath", "$.nothing", "data_jsonpath")]
    [InlineData("token_jsonpath", "$.token", "token_jsonpath")]
    [InlineData("token_header_name", "X-Other", "403")]
    public async Task Test_WithAPathThatLeadsNowhere_SaysWhichOne(string member, string value, string expected)
    {
        var created = await Create(vault.Manager().With(new() { [member] = value }));

        (await Test(created)).Expect(400).Message!.ShouldContain(expected);
    }

    [Theory]
    [InlineData(500, "x", "500")]
    [InlineData(302, "", "302")]
    [InlineData(200, "<html>", "not JSON")]
    public async Task Test_WithAVaultThatAnswersBadly_SaysSo(int status, string body, string expected)
    {
        var created = await Create();
        vault.Instead = async http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "http://127.0.0.1:1/";
            await http.Response.WriteAsync(body);
        };

        (await Test(created)).Expect(400).Message!.ShouldContain(expected);
    }

    [Fact]
    public async Task Test_WithAVaultThatAnswersTooMuch_StopsReading()
    {
        var created = await Create();
        vault.Instead = http => http.Response.WriteAsync($"{{\"data\":\"{new string('x', 2_000_000)}\"}}");

        (await Test(created)).Expect(400).Message!.ShouldContain("1 MB");
    }

    [Fact]
    public async Task Test_WithAVaultThatIsSilent_GivesUpInTime()
    {
        var created = await Create();
        vault.Instead = async http => await Task.Delay(TimeSpan.FromMinutes(1), http.RequestAborted);

        (await Test(created)).Expect(400).Message!.ShouldContain("did not answer within 5 s");
    }

    [Fact]
    public async Task Test_WithAVaultOnAssaysOwnAddress_IsRefused()
    {
        var created = await Create(vault.Manager().With(new() { ["login_url"] = new Uri(assay.Url, "/api/health").ToString() }));

        (await Test(created)).Expect(400).Message!.ShouldContain("may not connect");
    }

    [Fact]
    public async Task Test_WithAVaultThatIsGone_SaysSo()
    {
        var created = await Create();
        await vault.DisposeAsync();

        (await Test(created)).Expect(400).Message!.ShouldContain("secrets manager");
    }

    [Theory]
    [InlineData("secret_url", "ftp://x/y")]
    [InlineData("login_url", "not a url")]
    [InlineData("secret_url", "http://user:pass@vault/secret")]
    [InlineData("data_jsonpath", "data")]
    [InlineData("token_jsonpath", "$..x")]
    [InlineData("token_header_name", "X Bad\nHeader")]
    [InlineData("token_header_name", "Host")]
    [InlineData("credentials_payload", "not json")]
    public async Task Create_WithAMalformedManager_NamesTheMember(string member, string value)
    {
        var answer = await assay.Admin.Post("/api/connections", Body(vault.Manager().With(new() { [member] = value })));

        answer.Expect(422).Errors().Select(e => e.Loc).ShouldBe([$"body.secrets_manager.{member}"]);
    }

    [Fact]
    public async Task Create_WithoutAManager_TakesPlaceholdersAsTheyAre()
    {
        var server = await PostgresServer.SharedAsync();
        var literal = await server.CreateRoleAsync(password: "${db_password}");

        (await Test(await assay.CreateConnection(role: literal))).Expect(204);
    }

    private Task<Answer> Test(Answer connection) => assay.Admin.Post($"/api/connections/{connection.Id}/test");

    private Task<Assay.Sources.Contract.ConnectionSettings> Settings(Answer connection) =>
        assay.Services.GetRequiredService<ConnectionDesk>().SettingsAsync(connection.Id, CancellationToken.None);

    private async Task<Answer> Create(JsonObject? manager = null) => (await assay.Admin.Post("/api/connections", Body(manager ?? vault.Manager()))).Expect(200);

    private JsonObject Body(JsonObject manager)
    {
        var server = PostgresServer.SharedAsync().GetAwaiter().GetResult();
        return new JsonObject
        {
            ["name"] = People.Unique("vaulted"),
            ["type"] = "postgresql",
            ["host"] = server.Host,
            ["port"] = server.Port,
            ["username"] = "${db_user}",
            ["password"] = "${db_password}",
            // Unique, or the connections of this class would be each other's duplicates.
            ["parameters"] = new JsonObject { ["application_name"] = "assay-${app}", ["statement_timeout"] = Random.Shared.Next(1, 86_000) },
            ["secrets_manager"] = manager,
        };
    }
}
