using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;

namespace Assay.Server.Tests.Secrets;

/// <summary>Getting back in, with the executable itself: after the last token, and after the master key.</summary>
public sealed class AdminTokenTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-recovery-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task AdminToken_AfterTheLastOneWasRevoked_AndTheMasterKeyLost_LetsTheOwnerIn()
    {
        long connection;
        await using (var server = Server())
        {
            var admin = await AdminOf(server);
            connection = (await admin.Post("/api/connections", await TestSources.PostgresConnection(await (await PostgresServer.SharedAsync()).CreateReaderAsync()))).Expect(200).Id;
            var token = (await admin.Get("/api/user-tokens")).Expect(200).Json[0]!["id"];
            (await admin.Put($"/api/user-tokens/{token}", new JsonObject { ["revoke"] = true })).Expect(200);
            (await admin.Get("/api/users/me")).Expect(401);
            foreach (var file in Directory.EnumerateFiles(folder, "assay.db*"))
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);

            var (code, output) = await Run("admin-token"); // while the server runs

            code.ShouldBe(0, output);
            output.ShouldContain("lies in " + TokenFile);
            output.ShouldNotContain(await File.ReadAllTextAsync(TokenFile));
            File.GetUnixFileMode(TokenFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            (await (await AdminOf(server)).Get("/api/users/me")).Expect(200);
        }
        (await Run("admin-token", "--lost-master-key")).ShouldBe((1, $"assay: The master key in {Path.Combine(folder, "master.key")} opens this store; leave --lost-master-key out."));
        File.Delete(Path.Combine(folder, "master.key"));
        var (refused, advice) = await Run("admin-token");
        refused.ShouldBe(1);
        advice.ShouldContain("'assay admin-token --lost-master-key' makes new keys");
        advice.ShouldNotContain("\n");

        var (ended, told) = await Run("admin-token", "--lost-master-key");

        ended.ShouldBe(0, told);
        await using var again = Server();
        var back = await AdminOf(again);
        (await back.Get("/api/users/me")).Expect(200);
        (await back.Post($"/api/connections/{connection}/test", new JsonObject())).Code.ShouldBeGreaterThanOrEqualTo(400); // its password is gone
        (await back.Post("/api/connections", await TestSources.PostgresConnection(await (await PostgresServer.SharedAsync()).CreateReaderAsync()))).Expect(200);
        (await Run("admin-token", "now")).ShouldBe((2, "usage: assay admin-token [--lost-master-key]"));
    }

    private string TokenFile => Path.Combine(folder, "admin.token");

    private AssayProcess Server() => AssayProcess.Start(("ASSAY_DATA", folder));

    private async Task<(int Code, string Output)> Run(params string[] words)
    {
        await using var command = AssayProcess.Run(words, ("ASSAY_DATA", folder));
        return (await command.ExitAsync(), command.Output.Trim());
    }

    private async Task<Api> AdminOf(AssayProcess server)
    {
        var http = new HttpClient { BaseAddress = await server.ReadyAsync() };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(TokenFile));
        return new Api(http);
    }
}
