using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Tags;

public sealed class TagsTests(AssayServer assay)
{
    private const string Path = "/api/global-tags";

    private static string Unique(string name) => $"{name}{Guid.NewGuid():N}";

    private static string PathOf(string name) => $"{Path}/{Uri.EscapeDataString(name)}";

    [Fact]
    public async Task Create_AsTheClientSendsIt_ShowsEveryMember()
    {
        var name = Unique("pii");

        var tag = (await assay.Admin.Post(Path, new JsonObject
        {
            ["type"] = "global",
            ["name"] = name,
            ["color"] = "#E74C3C",
            ["description"] = "Personal data",
            ["category"] = "Privacy",
            ["weight_modifier"] = -10,
        })).Expect(200).Json;

        ((string?)tag["name"]).ShouldBe(name);
        ((string?)tag["type"]).ShouldBe("global");
        ((string?)tag["color"]).ShouldBe("#E74C3C");
        ((string?)tag["description"]).ShouldBe("Personal data");
        ((string?)tag["category"]).ShouldBe("Privacy");
        ((int?)tag["weight_modifier"]).ShouldBe(-10);
        ((string?)tag["created"]).ShouldEndWith("Z");
        tag["id"]!.GetValue<long>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Create_WithNameOnly_IsAGlobalTagOfWeightOne()
    {
        var tag = (await assay.Admin.Post(Path, new JsonObject { ["name"] = Unique("plain"), ["color"] = null })).Expect(200).Json;

        ((string?)tag["type"]).ShouldBe("global");
        ((int?)tag["weight_modifier"]).ShouldBe(1);
        tag["color"].ShouldBeNull();
    }

    [Theory]
    [InlineData("""{}""", "name", "missing")]
    [InlineData("""{"name":" "}""", "name", "string_too_short")]
    [InlineData("""{"name":"listing"}""", "name", "value_error")]
    [InlineData("""{"name":".."}""", "name", "value_error")]
    [InlineData("""{"name":"a/../b"}""", "name", "value_error")]
    [InlineData("""{"name":"/a"}""", "name", "value_error")]
    [InlineData("""{"name":"x","type":"external"}""", "type", "enum")]
    [InlineData("""{"name":"x","type":null}""", "type", "null_not_allowed")]
    [InlineData("""{"name":"x","color":"red"}""", "color", "string_pattern_mismatch")]
    [InlineData("""{"name":"x","weight_modifier":11}""", "weight_modifier", "less_than_equal")]
    [InlineData("""{"name":"x","weight_modifier":-11}""", "weight_modifier", "greater_than_equal")]
    [InlineData("""{"name":"x","parent_lineage_tag_id":1}""", "parent_lineage_tag_id", "value_error")]
    public async Task Create_WithBadInput_Is422AtThatField(string body, string field, string type)
    {
        var error = (await assay.Admin.Post(Path, JsonNode.Parse(body))).Expect(422).Json["detail"]![0]!;

        ((string?)error["loc"]![1]).ShouldBe(field);
        ((string?)error["type"]).ShouldBe(type);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("with/slash/es")]
    [InlineData("with%2Fescape")]
    [InlineData("percent%")]
    [InlineData("question?mark#hash")]
    [InlineData("emoji 🚀 ü 漢字")]
    [InlineData("plus+and&")]
    [InlineData("quote'\"\\")]
    public async Task ByName_WhateverTheNameHolds_GetsPutsAndDeletesThatTag(string suffix)
    {
        var name = Unique("t") + suffix;
        (await assay.Admin.Post(Path, new JsonObject { ["name"] = name })).Expect(200);

        ((string?)(await assay.Admin.Get(PathOf(name))).Expect(200).Json["name"]).ShouldBe(name);
        ((string?)(await assay.Admin.Put(PathOf(name), new JsonObject { ["category"] = "c" })).Expect(200).Json["category"]).ShouldBe("c");
        (await assay.Admin.Delete(PathOf(name))).Expect(204).Text.ShouldBeEmpty();
        (await assay.Admin.Get(PathOf(name))).Expect(404).Detail.ShouldBe($"Tag name: '{name}' not found");
    }

    [Fact]
    public async Task ByName_WithASlashSentAsItIs_IsFound()
    {
        var name = Unique("team") + "/a b";
        (await assay.Admin.Post(Path, new JsonObject { ["name"] = name })).Expect(200);

        // As the official client sends it: the space quoted, the slash not.
        ((string?)(await assay.Admin.Get($"{Path}/{name.Replace(" ", "%20")}?x=1")).Expect(200).Json["name"]).ShouldBe(name);
    }

    [Fact]
    public async Task Create_SameNameTwice_Is409_OtherCaseIsAnotherTag()
    {
        var name = Unique("dup");
        (await assay.Admin.Post(Path, new JsonObject { ["name"] = name })).Expect(200);

        (await assay.Admin.Post(Path, new JsonObject { ["name"] = name, ["type"] = "entity" })).Expect(409).Detail.ShouldBe($"Tag name: '{name}' already exists");
        (await assay.Admin.Post(Path, new JsonObject { ["name"] = name.ToUpperInvariant() })).Expect(200);
    }

    [Fact]
    public async Task Update_WithAName_RenamesAndKeepsTheRest()
    {
        var (name, renamed) = (Unique("old"), Unique("new"));
        var id = (await assay.Admin.Post(Path, new JsonObject { ["name"] = name, ["color"] = "#000000", ["weight_modifier"] = 3 })).Expect(200).Id;

        var tag = (await assay.Admin.Put(PathOf(name), new JsonObject { ["name"] = renamed, ["color"] = null })).Expect(200);

        tag.Id.ShouldBe(id);
        tag.Json["color"].ShouldBeNull();
        ((int?)tag.Json["weight_modifier"]).ShouldBe(3);
        (await assay.Admin.Get(PathOf(name))).Expect(404);
    }

    [Fact]
    public async Task Update_ToAnothersName_Is409()
    {
        var (name, taken) = (Unique("mine"), Unique("taken"));
        foreach (var n in new[] { name, taken }) (await assay.Admin.Post(Path, new JsonObject { ["name"] = n })).Expect(200);

        (await assay.Admin.Put(PathOf(name), new JsonObject { ["name"] = taken })).Expect(409).Detail.ShouldBe($"Tag name: '{taken}' already exists");
    }

    [Fact]
    public async Task Lineage_WithParents_RefusesUnknownOnesAndCycles()
    {
        var (top, child) = (Unique("top"), Unique("child"));
        var topId = (await assay.Admin.Post(Path, new JsonObject { ["type"] = "lineage", ["name"] = top })).Expect(200).Id;
        var childTag = (await assay.Admin.Post(Path, new JsonObject { ["type"] = "lineage", ["name"] = child, ["parent_lineage_tag_id"] = topId })).Expect(200);

        ((long?)childTag.Json["parent_lineage_tag_id"]).ShouldBe(topId);
        (await assay.Admin.Put(PathOf(top), new JsonObject { ["parent_lineage_tag_id"] = childTag.Id })).Expect(422);
        (await assay.Admin.Put(PathOf(top), new JsonObject { ["parent_lineage_tag_id"] = long.MaxValue })).Expect(404);
        (await assay.Admin.Delete(PathOf(top))).Expect(204);
        (await assay.Admin.Get(PathOf(child))).Expect(200).Json["parent_lineage_tag_id"].ShouldBeNull();
    }

    [Fact]
    public async Task List_IsAPageSortedByName()
    {
        var mark = Unique("!"); // sorts before letters, so that the first pages hold them
        foreach (var name in new[] { "b", "B", "a", "ä" }) (await assay.Admin.Post(Path, new JsonObject { ["name"] = mark + name })).Expect(200);

        var page = (await assay.Admin.Get($"{Path}?size=100")).Expect(200).Json;

        page["items"]!.AsArray().Select(t => (string)t!["name"]!).Where(n => n.StartsWith(mark, StringComparison.Ordinal))
            .ShouldBe([mark + "B", mark + "a", mark + "b", mark + "ä"]);
        page["total"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(4);
        ((int?)page["page"]).ShouldBe(1);
        ((int?)page["size"]).ShouldBe(100);
    }

    [Fact]
    public async Task Listing_ShowsUnusedTagsWithCountZero()
    {
        var name = Unique("unused");
        (await assay.Admin.Post(Path, new JsonObject { ["name"] = name })).Expect(200);

        var tag = (await assay.Admin.Get($"{Path}/listing")).Expect(200).Json.AsArray().Single(t => (string)t!["name"]! == name);

        ((int?)tag!["count"]).ShouldBe(0);
    }
}
