using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Connections;

public sealed class UpdateConnectionTests(AssayServer assay)
{
    [Fact]
    public async Task Update_WithoutNameOrType_NamesBoth()
    {
        var created = await assay.CreateConnection();

        var answer = await assay.Admin.Put($"/api/connections/{created.Id}", new JsonObject { ["host"] = "x" });

        answer.Expect(422).Errors().Select(e => e.Loc).Order().ShouldBe(["body.name", "body.type"]);
    }

    [Fact]
    public async Task Update_OfOneMember_LeavesTheOthers()
    {
        var created = await assay.CreateConnection(new() { ["parameters"] = new JsonObject { ["application_name"] = "one" }, ["jdbc_fetch_size"] = 10 });
        var before = created.Json.AsObject();
        var name = People.Unique("renamed");

        var after = (await assay.Admin.Put($"/api/connections/{created.Id}", new JsonObject { ["name"] = name, ["type"] = "postgresql" })).Expect(200).Json.AsObject();

        JsonNode.DeepEquals(after, before.With(new() { ["name"] = name })).ShouldBeTrue(after.ToJsonString());
    }

    [Fact]
    public async Task Update_EchoingTheWholeAnswer_ChangesNothing()
    {
        var created = await assay.CreateConnection(new() { ["parameters"] = new JsonObject { ["application_name"] = "one" } });

        var after = (await assay.Admin.Put($"/api/connections/{created.Id}", created.Json)).Expect(200);

        after.Text.ShouldBe(created.Text);
        (await assay.Admin.Get($"/api/connections/{created.Id}/history")).Expect(200).Json["versions"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Update_OfParameters_ReplacesThem()
    {
        var created = await assay.CreateConnection(new() { ["parameters"] = new JsonObject { ["application_name"] = "one", ["statement_timeout"] = 9 } });

        var after = (await Update(created, new() { ["parameters"] = new JsonObject { ["application_name"] = "two" } })).Expect(200);

        after.Json["parameters"]!.ToJsonString().ShouldBe("""{"application_name":"two"}""");
    }

    [Fact]
    public async Task Update_OfTheType_IsRefused()
    {
        var created = await assay.CreateConnection();

        var answer = await Update(created, new() { ["type"] = "s3" });

        answer.Expect(422).Errors().ShouldHaveSingleItem().Loc.ShouldBe("body.type");
    }

    [Fact]
    public async Task Update_ToATakenName_IsAConflict()
    {
        var (one, other) = (await assay.CreateConnection(), await assay.CreateConnection());

        (await Update(one, new() { ["name"] = (string?)other.Json["name"] })).Expect(409);
    }

    private Task<Answer> Update(Answer connection, JsonObject changes) => assay.UpdateConnection(connection, changes);
}
