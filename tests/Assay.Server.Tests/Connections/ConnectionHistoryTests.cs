using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Connections;

public sealed class ConnectionHistoryTests(AssayServer assay)
{
    [Fact]
    public async Task History_AfterChanges_TellsWhoChangedWhat()
    {
        var manager = await assay.CreateUser("Manager");
        var body = await TestSources.PostgresConnection();
        var created = (await manager.Api.Post("/api/connections", body)).Expect(200);
        (await assay.UpdateConnection(created, new() { ["password"] = "marker-of-a-secret", ["jdbc_fetch_size"] = 5 }, "?verify=false")).Expect(200);
        (await assay.UpdateConnection(created, new() { ["jdbc_fetch_size"] = 5 })).Expect(200);

        var answer = (await manager.Api.Get($"/api/connections/{created.Id}/history")).Expect(200);

        var history = answer.Json;
        ((long)history["id"]!, (string?)history["created"]).ShouldBe((created.Id, (string?)created.Json["created"]));
        var versions = history["versions"]!.AsArray();
        versions.Count.ShouldBe(2);
        ((string?)versions[0]!["operation"], (int)versions[0]!["operation_type"]!).ShouldBe(("insert", 0));
        ((long)versions[0]!["transaction"]!["user"]!["id"]!).ShouldBe(manager.Id);
        versions[0]!["changeset"]!["username"]!.ToJsonString().ShouldBe(new JsonArray(null, (string)body["username"]!).ToJsonString());
        ((string?)versions[1]!["operation"], (int)versions[1]!["operation_type"]!).ShouldBe(("update", 1));
        versions[1]!["changeset"]!.ToJsonString().ShouldBe("""{"jdbc_fetch_size":[null,5],"password":[null,"changed"]}""");
        answer.Text.ShouldNotContain("marker-of-a-secret");
        answer.Text.ShouldNotContain((string)body["password"]!);
    }

    [Fact]
    public async Task History_OfAnUnknownConnection_IsNotFound() =>
        (await assay.Admin.Get("/api/connections/987654321/history")).Expect(404).Detail.ShouldBe("Connection id: 987654321 not found");
}
