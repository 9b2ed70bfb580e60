using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Engine.Secrets;
using Assay.Server.Connections;
using Assay.Server.Tests.Harness;
using Assay.Sources.Contract;
using Assay.Testing.Postgres;

namespace Assay.Server.Tests.Secrets;

/// <summary>A marker stands in for every secret, and must be found nowhere: no answer, no log at its loudest, no byte of the store.</summary>
public sealed class SecretLeakTests : IAsyncLifetime
{
    private const string Marker = "xMARKERx";
    private readonly StringBuilder answers = new();
    private AssayProcess assay = null!;
    private PostgresServer? store;
    private Api admin = null!;

    public async ValueTask InitializeAsync()
    {
        // Libraries are quiet by default; here they are not.
        string[] loud = ["Microsoft", "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.EntityFrameworkCore", "Quartz"];
        List<(string, string)> settings = [("ASSAY_LOG_LEVEL", "trace"), .. loud.Select(name => ($"Logging__LogLevel__{name}", "Trace"))];
        if (Environment.GetEnvironmentVariable("ASSAY_TEST_STORE") == "postgres")
        {
            store = await PostgresServer.StartNewAsync();
            settings.Add(("ASSAY_DATABASE", store.UrlFor(await store.CreateDatabaseAsync("leaks"))));
        }
        assay = AssayProcess.Start(settings);
        var http = new HttpClient { BaseAddress = await assay.ReadyAsync() };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(Path.Combine(assay.DataFolder, "admin.token")));
        admin = new Api(http);
    }

    public async ValueTask DisposeAsync()
    {
        await assay.DisposeAsync();
        if (store is not null) await store.DisposeAsync();
    }

    [Fact]
    public async Task Secrets_AfterEveryWayIn_AreNowhereToBeFound()
    {
        var id = await UseEveryWayIn();
        await assay.SignalAsync("TERM");
        (await assay.ExitAsync()).ShouldBe(0, assay.Output);

        id.ShouldBeGreaterThan(0);
        answers.ToString().ShouldNotContain(Marker);
        assay.Output.ShouldMatch("INSERT INTO \"?connection_secrets");
        assay.Output.ShouldNotContain(Marker);
        assay.Output.ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Marker))[..10]);
        foreach (var file in Directory.EnumerateFiles(assay.DataFolder, "*", SearchOption.AllDirectories))
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).ShouldNotContain(Marker, customMessage: file);
        if (store is not null) (await DumpAsync(store)).ShouldNotContain(Marker);
    }

    [Fact]
    public void Secret_FormattedOrSerialised_IsAMask()
    {
        var secret = new Secret(Marker);
        var settings = new ConnectionSettings { Type = "postgresql", Password = secret, SecretParameters = new Dictionary<string, Secret> { ["token"] = secret } };
        var request = new ConnectionRequest { Type = "postgresql", Password = secret, SecretsManager = new() { CredentialsPayload = secret } };

        foreach (var text in new[]
        {
            $"{secret}", string.Format("{0}", secret), secret.ToString(), JsonSerializer.Serialize(secret), JsonSerializer.Serialize<object>(settings),
            JsonSerializer.Serialize<object>(request), settings.ToString(), request.ToString(), new KeyValuePair<string, Secret>("a", secret).ToString(),
        })
            text.ShouldNotContain(Marker);
    }

    private async Task<long> UseEveryWayIn()
    {
        var source = await PostgresServer.SharedAsync();
        var role = await source.CreateRoleAsync(password: $"real-{Marker}");
        var all = (await TestSources.PostgresConnection(role)).With(new()
        {
            ["passphrase"] = $"phrase-{Marker}",
            ["secret_key"] = $"key-{Marker}",
            ["secrets_manager"] = new JsonObject
            {
                ["secret_url"] = "http://127.0.0.1:9/secret",
                ["login_url"] = "http://127.0.0.1:9/login",
                ["credentials_payload"] = $"{{\"x\":\"{Marker}\"}}",
            },
        });
        var created = (await Send("POST", "/api/connections", all)).Expect(200);
        var path = $"/api/connections/{created.Id}";
        var update = new JsonObject { ["name"] = "renamed", ["type"] = "postgresql" };
        (await Send("POST", $"{path}/test", null)).Expect(204);
        (await Send("POST", $"{path}/test", new JsonObject { ["password"] = $"wrong-{Marker}" })).Expect(400);
        (await Send("POST", $"{path}/test", new JsonObject { ["password"] = $"${{{Marker}}}" })).Expect(400);
        (await Send("PUT", path, update.With(new() { ["password"] = $"wrong-{Marker}" }))).Expect(400);
        (await Send("PUT", $"{path}?verify=false", update.With(new() { ["password"] = $"other-{Marker}", ["passphrase"] = null }))).Expect(200);
        (await Send("PUT", path, update.With(new() { ["host"] = "elsewhere.example.com", ["secret_key"] = $"again-{Marker}" }))).Expect(422);
        (await Send("POST", "/api/connections", all)).Expect(409);
        (await Send("POST", "/api/connections", all.With(new() { ["password"] = new JsonArray(Marker), ["passphrase"] = new JsonObject { [Marker] = 1 } }))).Expect(422);
        (await Send("POST", "/api/connections", all.With(new() { ["parameters"] = new JsonObject { ["token"] = Marker, ["client_secret"] = Marker } }))).Expect(422);
        (await Send("POST", "/api/connections", all.With(new() { ["secrets_manager"] = new JsonObject { ["secret_url"] = "x", ["credentials_payload"] = Marker } }))).Expect(422);
        (await Send("POST", "/api/connections", new JsonObject { ["type"] = "s3", ["uri"] = "s3://bucket", ["access_key"] = "A", ["secret_key"] = Marker })).Expect(200);
        (await SendRaw("/api/connections", $$"""{"type": "postgresql", "password": "{{Marker}}" oops""")).Expect(422);
        foreach (var inline in new[] { all, all.With(new() { ["password"] = $"wrong-{Marker}" }), all.With(new() { ["host"] = null }) })
        {
            var datastore = new JsonObject { ["name"] = "leaks", ["database"] = "postgres", ["schema"] = "public", ["connection"] = inline.DeepClone() };
            await Send("POST", "/api/datastores/connection", datastore);
            await Send("POST", "/api/datastores", datastore);
        }
        foreach (var read in new[] { path, "/api/connections", "/api/connections/listing", $"{path}/history", "/api/datastores" }) (await Send("GET", read, null)).Expect(200);
        return created.Id;
    }

    private async Task<Answer> Send(string method, string path, JsonNode? body) => Note(await admin.Send(new HttpMethod(method), path, body));

    private async Task<Answer> SendRaw(string path, string body) => Note(await admin.SendRaw(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json")));

    private Answer Note(Answer answer)
    {
        answers.AppendLine(answer.Text);
        return answer;
    }

    private static async Task<string> DumpAsync(PostgresServer server)
    {
        var dump = new StringBuilder();
        var tables = await server.ScalarAsync<string[]>("leaks", "SELECT array_agg(format('%I.%I', schemaname, tablename)) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')");
        tables!.Length.ShouldBeGreaterThan(10);
        foreach (var table in tables) dump.AppendLine(await server.ScalarAsync<string>("leaks", $"SELECT string_agg(t::text, E'\\n') FROM {table} t"));
        return dump.ToString();
    }
}
