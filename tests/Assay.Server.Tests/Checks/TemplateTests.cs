using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Checks;

/// <summary>Templates, and how their checks follow them.</summary>
public sealed class TemplateTests(AssayServer assay)
{
    private const string Templates = "/api/quality-check-templates";

    [Fact]
    public async Task LockedTemplate_BringsItsDefinitionToItsChecks_AndKeepsItThere()
    {
        var (_, container) = await assay.SeedOrders();
        var template = await Create(locked: true);
        var made = (await assay.Admin.Post($"{Templates}/{template.Id}/quality-checks", new JsonArray(
            new JsonObject { ["container_id"] = container, ["fields"] = new JsonArray("price") },
            new JsonObject { ["container_id"] = container, ["fields"] = new JsonArray("discount"), ["description"] = "mine" }))).Expect(200).Json.AsArray();
        var check = (await assay.Admin.Get($"{AllChecks}/{made[0]!["id"]}")).Expect(200);

        var refused = (await assay.Admin.Put($"{AllChecks}/{check.Id}", check.ToUpdate().With(new() { ["properties"] = new JsonObject { ["value"] = 7 } }))).Expect(422);
        var tag = People.Unique("tag");
        (await assay.Admin.Put($"{Templates}/{template.Id}", Body(9).With(new() { ["description"] = "new", ["tags"] = new JsonArray(tag) }))).Expect(200);

        refused.Errors()[0].Loc.ShouldBe("body.properties");
        foreach (var item in made)
        {
            var after = (await assay.Admin.Get($"{AllChecks}/{item!["id"]}")).Json;
            ((long)after["properties"]!["value"]!).ShouldBe(9);
            ((string?)after["global_tags"]![0]!["name"]).ShouldBe(tag);
            ((string?)after["description"]).ShouldBe((string?)item["description"]);
            ((bool)after["template_locked"]!).ShouldBeTrue();
            ((long)after["template"]!["id"]!).ShouldBe(template.Id);
        }
        var shown = (await assay.Admin.Get($"{Templates}/{template.Id}")).Expect(200).Json;
        ((long)shown["template_checks_count"]!).ShouldBe(2);
        ((bool)shown["is_template"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task UnlockedTemplate_BringsItsTagsAlone()
    {
        var (datastore, container) = await assay.SeedOrders();
        var template = await Create(locked: false);
        var check = await assay.CreateCheck(container, "maxValue", ["price"], """{"value": 5}""", new() { ["template_id"] = template.Id, ["tags"] = new JsonArray("own") });
        check.Json["global_tags"]!.AsArray().Count.ShouldBe(2);

        (await assay.Admin.Put($"{AllChecks}/{check.Id}", check.ToUpdate().With(new() { ["properties"] = new JsonObject { ["value"] = 6 } }))).Expect(200);
        (await assay.Admin.Put($"{Templates}/{template.Id}", Body(9).With(new() { ["tags"] = new JsonArray() }))).Expect(200);

        var after = (await assay.Admin.Get($"{AllChecks}/{check.Id}")).Json;
        ((long)after["properties"]!["value"]!).ShouldBe(6);
        after["global_tags"]!.AsArray().Select(t => (string)t!["name"]!).ShouldBe(["own"]);
        ((long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["active_checks"]!).ShouldBe(1, "templates are not checks");
        (await assay.Admin.Get($"{AllChecks}?template_only=true&id={template.Id}&template_locked=false")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(1);
        (await assay.Admin.Get($"{AllChecks}?id={template.Id}")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(0);
        (await assay.Admin.Delete($"{Templates}/{template.Id}")).Expect(204);
        (await assay.Admin.Get($"{AllChecks}/{check.Id}")).Expect(200).Json["deleted_at"].ShouldBeNull();
        (await assay.Admin.Post(AllChecks, Check(container, "maxValue", ["discount"], """{"value": 5}""").With(new() { ["template_id"] = template.Id }))).Expect(404);
    }

    private async Task<Answer> Create(bool locked) =>
        (await assay.Admin.Post(Templates, Body(5).With(new() { ["template_locked"] = locked, ["tags"] = new JsonArray(People.Unique("tag")) }))).Expect(200);

    private static JsonObject Body(int value) => new()
    {
        ["rule"] = "maxValue",
        ["description"] = People.Unique("template"),
        ["coverage"] = null,
        ["filter"] = null,
        ["properties"] = new JsonObject { ["value"] = value },
    };
}
