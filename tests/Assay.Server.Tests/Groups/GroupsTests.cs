using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Groups;

public sealed class GroupsTests(AssayServer assay)
{
    private const string Path = "/api/datastore-groups";

    private static string Unique(string name) => $"{name} {Guid.NewGuid():N}";

    [Fact]
    public async Task Create_WithNameOnly_Answers200WithTheDefaultIcon()
    {
        var name = Unique("Bronze");

        var group = (await assay.Admin.Post(Path, new JsonObject { ["name"] = name })).Expect(200).Json;

        ((string?)group["name"]).ShouldBe(name);
        ((string?)group["icon"]).ShouldBe("mdi-bookmark-box-outline");
        ((string?)group["created"])!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$");
        ((JsonObject)group).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("""{}""", "name", "missing")]
    [InlineData("""{"name":null}""", "name", "null_not_allowed")]
    [InlineData("""{"name":""}""", "name", "string_too_short")]
    [InlineData("""{"name":7}""", "name", "string_type")]
    [InlineData("""{"name":"x","icon":"gold"}""", "icon", "enum")]
    public async Task Create_WithBadInput_Is422AtThatField(string body, string field, string type)
    {
        var answer = await assay.Admin.Post(Path, JsonNode.Parse(body));

        var error = answer.Expect(422).Json["detail"]![0]!;
        ((string?)error["loc"]![1]).ShouldBe(field);
        ((string?)error["type"]).ShouldBe(type);
    }

    [Theory]
    [InlineData(100, 200)]
    [InlineData(101, 422)]
    public async Task Create_AtTheLimitOfNames_Decides(int length, int status)
    {
        var name = Guid.NewGuid().ToString("N").PadRight(length, 'x');

        (await assay.Admin.Post(Path, new JsonObject { ["name"] = name })).Expect(status);
    }

    [Fact]
    public async Task Create_SameNameInOtherCase_Is409WithTheFixedText()
    {
        var name = Unique("Silber Ü");
        (await assay.Admin.Post(Path, new JsonObject { ["name"] = name })).Expect(200);

        var answer = await assay.Admin.Post(Path, new JsonObject { ["name"] = name.ToUpperInvariant() });

        answer.Expect(409).Detail.ShouldBe($"Datastore group name: '{name.ToUpperInvariant()}' already exists");
    }

    [Fact]
    public async Task Create_SameNameManyAtOnce_OneWins()
    {
        var name = Unique("Race");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => assay.Admin.Post(Path, new JsonObject { ["name"] = name })));

        answers.Count(a => a.Code == 200).ShouldBe(1);
        answers.Count(a => a.Code == 409).ShouldBe(7);
    }

    [Fact]
    public async Task List_IsABareArrayOrderedByName()
    {
        var mark = Guid.NewGuid().ToString("N");
        foreach (var name in new[] { "b", "A", "c" }) (await assay.Admin.Post(Path, new JsonObject { ["name"] = mark + name })).Expect(200);

        var list = (await assay.Admin.Get(Path)).Expect(200).Json.AsArray();

        list.Select(g => (string)g!["name"]!).Where(n => n.StartsWith(mark, StringComparison.Ordinal)).ShouldBe([mark + "A", mark + "b", mark + "c"]);
    }

    [Fact]
    public async Task Update_OfOneMember_KeepsTheOther()
    {
        var name = Unique("Gold");
        var id = (await assay.Admin.Post(Path, new JsonObject { ["name"] = name, ["icon"] = "mdi-podium-gold" })).Expect(200).Id;

        var recased = (await assay.Admin.Put($"{Path}/{id}", new JsonObject { ["name"] = name.ToUpperInvariant() })).Expect(200).Json;
        var icon = (await assay.Admin.Put($"{Path}/{id}", new JsonObject { ["icon"] = "mdi-texture-box" })).Expect(200).Json;

        ((string?)recased["icon"]).ShouldBe("mdi-podium-gold");
        ((string?)icon["name"]).ShouldBe(name.ToUpperInvariant());
        ((string?)icon["icon"]).ShouldBe("mdi-texture-box");
    }

    [Fact]
    public async Task Update_ToAnothersName_Is409()
    {
        var taken = Unique("Taken");
        (await assay.Admin.Post(Path, new JsonObject { ["name"] = taken })).Expect(200);
        var id = (await assay.Admin.Post(Path, new JsonObject { ["name"] = Unique("Other") })).Expect(200).Id;

        (await assay.Admin.Put($"{Path}/{id}", new JsonObject { ["name"] = taken })).Expect(409).Detail
            .ShouldBe($"Datastore group name: '{taken}' already exists");
    }

    [Fact]
    public async Task Delete_Answers200WithTheGroup_ThenItIsGone()
    {
        var name = Unique("Gone");
        var id = (await assay.Admin.Post(Path, new JsonObject { ["name"] = name })).Expect(200).Id;

        ((string?)(await assay.Admin.Delete($"{Path}/{id}")).Expect(200).Json["name"]).ShouldBe(name);
        (await assay.Admin.Delete($"{Path}/{id}")).Expect(404).Detail.ShouldBe($"Datastore group id: {id} not found");
        (await assay.Admin.Put($"{Path}/{id}", new JsonObject { ["name"] = "x" })).Expect(404).Detail.ShouldBe($"Datastore group id: {id} not found");
    }

    [Fact]
    public async Task Update_WithAnIdThatIsNoNumber_Is422() =>
        (await assay.Admin.Put($"{Path}/abc", new JsonObject { ["name"] = "x" })).Expect(422);
}
