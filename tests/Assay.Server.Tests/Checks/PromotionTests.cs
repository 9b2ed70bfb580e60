using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Checks;

/// <summary>Checks of one container brought to another.</summary>
public sealed class PromotionTests(AssayServer assay)
{
    [Fact]
    public async Task Promote_MatchesFieldsByName_AndDraftsWhatDoesNotFit()
    {
        var (source, from) = await assay.SeedOrders();
        var to = await assay.SeedTable(await assay.CreateDatastoreId(), ("ID", "Integral"), ("Price", "Fractional"), ("Discount", "Fractional"), ("name", "Integral"));
        var (own, added) = (People.Unique("own"), People.Unique("added"));
        await assay.CreateCheck(from, "greaterThanField", ["price"], """{"field_name": "discount", "inclusive": true}""", new() { ["tags"] = new JsonArray(own), ["filter"] = "price > 0" });
        await assay.CreateCheck(from, "notNull", ["id"]);
        await assay.CreateCheck(from, "matchesPattern", ["name"], """{"pattern": "^a"}"""); // a number there
        await assay.CreateCheck(from, "notFuture", ["day"]); // not there
        var archived = await assay.CreateCheck(from, "notNull", ["email"]);
        (await assay.Admin.Delete($"{AllChecks}/{archived.Id}")).Expect(204);

        var operation = await Promote(source, from, to, new() { ["as_draft"] = false, ["check_additional_tags"] = new JsonArray(added) });

        ((string)operation["type"]!, (string)operation["result"]!, (string?)operation["message"]).ShouldBe(("promote_quality_check", "success", null), operation.ToJsonString());
        ((long)operation["status"]!["checks_promoted"]!, (long)operation["status"]!["checks_as_draft"]!).ShouldBe((4, 2));
        var made = await Checks(to);
        made.Select(c => ((string)c["rule_type"]!, (string)c["status"]!, string.Join(",", c["fields"]!.AsArray().Select(f => (string)f!["name"]!)))).ShouldBe(
            [("greaterThanField", "Active", "Price"), ("notNull", "Active", "ID"), ("matchesPattern", "Draft", "name"), ("notFuture", "Draft", "")]);
        made[0]["properties"]!["field_name"]!.GetValue<string>().ShouldBe("Discount");
        made[0]["global_tags"]!.AsArray().Select(t => (string)t!["name"]!).Order().ShouldBe(new[] { added, own }.Order());
        (await Checks(from)).Length.ShouldBe(4, "they stay where they are");

        var again = await Promote(source, from, to, new() { ["as_draft"] = false });
        ((long)again["status"]!["checks_promoted"]!, (long)again["status"]!["checks_skipped"]!).ShouldBe((0, 4));
        ((string)again["message"]!).ShouldContain("already asserts");
        (await assay.Admin.Put($"/api/operations/rerun/{operation["id"]}")).Expect(200).Id.ShouldNotBe((long)operation["id"]!);
        (await assay.Admin.Get($"/api/operations?datastore={source}&operation_type=promote")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(3);
    }

    [Fact]
    public async Task Promote_OfSomeOrByTag_DraftsUnlessToldOtherwise()
    {
        var (source, from) = await assay.SeedOrders();
        var tag = People.Unique("tag");
        var a = await assay.CreateCheck(from, "notNull", ["id"]);
        await assay.CreateCheck(from, "notNull", ["name"], null, new() { ["tags"] = new JsonArray(tag) });
        var (first, second) = (await assay.SeedTable(source, ("id", "Integral"), ("name", "String")), await assay.SeedTable(source, ("id", "Integral"), ("name", "String")));

        await Promote(source, from, first, new() { ["check_ids"] = new JsonArray(a.Id) });
        await Promote(source, from, second, new() { ["check_tags"] = new JsonArray(tag) });

        (await Checks(first)).Single()["status"]!.GetValue<string>().ShouldBe("Draft");
        (await Checks(second)).Single()["fields"]![0]!["name"]!.GetValue<string>().ShouldBe("name");
    }

    [Fact]
    public async Task Promote_OfACheckAboutAMaskedField_LeavesItsValuesWhereTheyAre()
    {
        var (source, from) = await assay.SeedOrders();
        var to = await assay.SeedTable(source, ("id", "Integral"), ("name", "String"));
        var about = await assay.CreateCheck(from, "expectedValues", ["name"], """{"list": ["hush"]}""");
        await assay.CreateCheck(from, "notNull", ["id"]);
        var field = (await assay.Admin.Get($"/api/fields?container={from}&name=name")).Json["items"]![0]!["id"]!;
        (await assay.Admin.Put($"/api/fields/{field}", new JsonObject { ["status"] = "masked" })).Expect(200);

        var operation = await Promote(source, from, to, new() { ["as_draft"] = true });

        ((long)operation["status"]!["checks_promoted"]!, (long)operation["status"]!["checks_skipped"]!).ShouldBe((1, 1));
        ((string)operation["message"]!).ShouldContain($"Quality check id: {about.Id}: it has to do with a masked field");
        (await Checks(to)).Single()["rule_type"]!.GetValue<string>().ShouldBe("notNull");
    }

    [Fact]
    public async Task Promote_OfWhatCannotBeMeant_OrMayNotBe_IsRefused()
    {
        var (source, from) = await assay.SeedOrders();
        var connection = await assay.SeedConnection();
        var editors = await assay.CreateTeam("Editor");
        var reporters = await assay.CreateTeam("Reporter");
        var user = await assay.CreateUser("Member", editors, reporters);
        var mine = await assay.SeedDatastore(connection, [editors.Id]);
        var (here, there) = (await assay.SeedTable(mine, ("id", "Integral")), await assay.SeedTable(await assay.SeedDatastore(connection, [reporters.Id]), ("id", "Integral")));
        var hidden = await assay.SeedTable(await assay.SeedDatastore(connection, []), ("id", "Integral"));
        async Task<Answer> Ask(Api by, long datastore, JsonObject with) =>
            await by.Post("/api/operations/run", new JsonObject { ["type"] = "promote_quality_check", ["datastore_id"] = datastore }.With(with));

        (await Ask(assay.Admin, source, [])).Expect(422).Errors()[0].Loc.ShouldBe("body.container_id");
        (await Ask(assay.Admin, source, new() { ["container_id"] = from })).Expect(422).Errors()[0].Loc.ShouldBe("body.destination_container_id");
        (await Ask(assay.Admin, source, new() { ["container_id"] = from, ["destination_container_id"] = from })).Expect(422);
        (await Ask(assay.Admin, source, new() { ["container_id"] = here, ["destination_container_id"] = from })).Expect(422).Errors()[0].Loc.ShouldBe("body.container_id");
        (await Ask(assay.Admin, source, new() { ["container_id"] = from, ["destination_container_id"] = here, ["check_ids"] = new JsonArray(999999999) })).Expect(422).Errors()[0].Loc.ShouldBe("body.check_ids.0");
        (await Ask(assay.Admin, source, new() { ["container_id"] = from, ["destination_container_id"] = here, ["check_ids"] = new JsonArray(1), ["check_tags"] = new JsonArray("a") })).Expect(422).Errors()[0].Loc.ShouldBe("body.check_tags");
        (await Ask(assay.Admin, source, new() { ["container_id"] = from, ["destination_container_id"] = 999999999 })).Expect(404);
        (await Ask(user.Api, mine, new() { ["container_id"] = here, ["destination_container_id"] = there })).Expect(403);
        (await Ask(user.Api, mine, new() { ["container_id"] = here, ["destination_container_id"] = hidden })).Expect(404);
    }

    private async Task<JsonNode> Promote(long datastore, long from, long to, JsonObject with) => await assay.UntilEnded((await assay.Admin.Post("/api/operations/run",
        new JsonObject { ["type"] = "promote_quality_check", ["datastore_id"] = datastore, ["container_id"] = from, ["destination_container_id"] = to }.With(with))).Expect(200).Id);

    private async Task<JsonNode[]> Checks(long container) =>
        [.. (await assay.Admin.Get($"{AllChecks}?container={container}&sort_created=asc&size=100")).Expect(200).Json["items"]!.AsArray().OfType<JsonNode>()];
}
