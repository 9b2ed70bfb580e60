using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;

namespace Assay.Server.Tests.Connections;

public sealed class ConnectionTestTests(AssayServer assay)
{
    [Fact]
    public async Task Test_OfAWorkingConnection_Is204AndNotesTheProduct()
    {
        var created = await assay.CreateConnection();
        created.Json["product_name"].ShouldBeNull();

        (await assay.Admin.Post($"/api/connections/{created.Id}/test")).Expect(204).Text.ShouldBeEmpty();

        var shown = (await assay.Admin.Get($"/api/connections/{created.Id}")).Json;
        ((string?)shown["product_name"]).ShouldBe("PostgreSQL");
        ((string?)shown["product_version"]).ShouldStartWith("15");
        ((string?)shown["driver_name"]).ShouldBe("Npgsql");
        (await assay.Admin.Get($"/api/connections/{created.Id}/history")).Json["versions"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Test_WithAWrongPassword_Is400AtOnce()
    {
        var created = await assay.CreateConnection(new() { ["password"] = "wrong-as-can-be" });
        var watch = Stopwatch.StartNew();

        var answer = (await assay.Admin.Post($"/api/connections/{created.Id}/test")).Expect(400);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        answer.Json.AsObject().Select(p => p.Key).ShouldBe(["message"]);
        answer.Text.ShouldNotContain("wrong-as-can-be");
    }

    [Fact]
    public async Task Test_OfAHostThatSwallowsEverything_IsAnsweredWithinTenSeconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var created = await assay.CreateConnection(new() { ["port"] = ((IPEndPoint)silent.LocalEndpoint).Port });
        var watch = Stopwatch.StartNew();

        (await assay.Admin.Post($"/api/connections/{created.Id}/test")).Expect(400).Message.ShouldNotBeNullOrEmpty();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task Test_WithABody_TriesItWithoutSaving()
    {
        var role = await (await PostgresServer.SharedAsync()).CreateReaderAsync();
        var created = await assay.CreateConnection(new() { ["password"] = "wrong" }, role);

        (await Test(created, new() { ["password"] = role.Password })).Expect(204);
        (await Test(created, new() { ["name"] = "x", ["type"] = "postgresql", ["username"] = role.Name, ["password"] = role.Password })).Expect(204);

        (await Test(created, [])).Expect(400);
        (await assay.Admin.Get($"/api/connections/{created.Id}")).Text.ShouldBe(created.Text);
    }

    [Fact]
    public async Task Test_WithAMaskedPassword_UsesTheStoredOne()
    {
        var created = await assay.CreateConnection();

        (await Test(created, created.Json.AsObject().With(new() { ["password"] = "***" }))).Expect(204);
    }

    [Fact]
    public async Task Test_SignsInOnce()
    {
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateReaderAsync();
        await server.RunSqlAsync("postgres", $"ALTER ROLE {PostgresServer.Quote(role.Name)} CONNECTION LIMIT 1");
        var created = await assay.CreateConnection(role: role);

        (await Test(created, [])).Expect(204);
    }

    [Fact]
    public async Task Test_ManyAtOnceAgainstASilentHost_LeavesTheServerAnswering()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(100);
        var created = await assay.CreateConnection(new() { ["port"] = ((IPEndPoint)silent.LocalEndpoint).Port });
        var watch = Stopwatch.StartNew();
        var tests = Enumerable.Range(0, 20).Select(_ => Test(created, [])).ToList();

        (await assay.Admin.Get("/api/connections?size=1")).Expect(200);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));

        foreach (var answer in await Task.WhenAll(tests)) answer.Code.ShouldBe(400);
    }

    [Fact]
    public async Task Update_ToAPasswordThatFails_SavesNothing()
    {
        var role = await (await PostgresServer.SharedAsync()).CreateReaderAsync();
        var created = await assay.CreateConnection(role: role);

        (await assay.UpdateConnection(created, new() { ["password"] = "wrong", ["jdbc_fetch_size"] = 9 })).Expect(400).Message.ShouldNotBeNullOrEmpty();

        (await assay.Admin.Get($"/api/connections/{created.Id}")).Text.ShouldBe(created.Text);
        (await assay.StoredSecrets(created.Id))["password"].ShouldBe(role.Password);
        (await assay.UpdateConnection(created, new() { ["password"] = "wrong" }, "?verify=false")).Expect(200);
        (await Test(created, [])).Expect(400);
    }

    [Fact]
    public async Task Update_OfWhatATestDoesNotDependOn_DoesNotTest()
    {
        var created = await assay.CreateConnection(new() { ["password"] = "wrong" });

        (await assay.UpdateConnection(created, new() { ["jdbc_fetch_size"] = 9, ["password"] = "wrong" })).Expect(200);
    }

    [Fact]
    public async Task Create_ToBeVerified_IsStoredOnlyWhenItWorks()
    {
        var body = await TestSources.PostgresConnection();

        (await assay.Admin.Post("/api/connections?verify=true", body.With(new() { ["password"] = "wrong" }))).Expect(400);
        var created = (await assay.Admin.Post("/api/connections?verify=true", body)).Expect(200);

        ((string?)created.Json["product_name"]).ShouldBe("PostgreSQL");
    }

    [Theory]
    [InlineData("@ # % / & ? : = ; ' \" \\ $ {x} ${y}")]
    [InlineData("пароль 密码 🔑")]
    public async Task Test_WithAnAwkwardPassword_SignsIn(string password)
    {
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateRoleAsync($"O'Hara \"{Guid.NewGuid():N}\"", password);

        var created = await assay.CreateConnection(role: role);

        (await Test(created, [])).Expect(204);
    }

    private Task<Answer> Test(Answer connection, JsonObject changes) => assay.Admin.Post($"/api/connections/{connection.Id}/test", changes);
}
