using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Checks;

public sealed class CheckMaskTests(AssayServer assay)
{
    [Fact]
    public async Task ChecksAboutAFieldThatIsMaskedLater_ShowNoneOfItsValues_AndWorkAsBefore()
    {
        var (datastore, _) = await assay.Synced("CREATE TABLE people AS SELECT i AS id, CASE WHEN i = 3 THEN 'zorro' ELSE 'hush' END AS secret, 4700000 + i AS pin FROM generate_series(1, 4) i");
        var container = await assay.ContainerId(datastore, "people");
        var list = await assay.CreateCheck(container, "expectedValues", ["secret"], """{"list": ["hush"]}""", new() { ["description"] = "only hush", ["filter"] = "pin > 0" });
        var range = await assay.CreateCheck(container, "between", ["pin"], """{"min": 4700001, "inclusive_min": true, "max": 4700003, "inclusive_max": true}""");
        var other = await assay.CreateCheck(container, "notNegative", ["id"], null, new() { ["filter"] = "secret = 'hush'" });
        var plain = await assay.CreateCheck(container, "lessThan", ["id"], """{"value": 4, "inclusive": false}""");
        await assay.Scan(datastore);
        (await assay.Anomalies(datastore)).Length.ShouldBe(2);

        foreach (var name in new[] { "secret", "pin" })
        {
            var field = (await assay.Admin.Get($"/api/fields?container={container}&name={name}")).Json["items"]![0]!["id"]!;
            (await assay.Admin.Put($"/api/fields/{field}", new JsonObject { ["status"] = "masked" })).Expect(200);
        }

        string[] routes =
        [
            $"/api/quality-checks?container={container}", $"/api/quality-checks/listing?container={container}", $"/api/quality-checks/{list.Id}", $"/api/quality-checks/{range.Id}",
            $"/api/quality-checks/{list.Id}/history", $"/api/quality-checks/{range.Id}/history", $"/api/quality-checks/{other.Id}", $"/api/anomalies?container={container}",
        ];
        foreach (var route in routes)
            foreach (var value in new[] { "hush", "zorro", "4700001", "4700003", "4700004" }) (await assay.Admin.Get(route)).Expect(200).Text.ShouldNotContain(value, Case.Sensitive, route);
        var shown = (await assay.Admin.Get($"/api/quality-checks/{range.Id}")).Expect(200);
        shown.Json["properties"]!.ToJsonString().ShouldBe("""{"min":"***MASKED***","inclusive_min":true,"max":"***MASKED***","inclusive_max":true}""");
        ((bool)shown.Json["is_masked"]!).ShouldBeTrue();
        (await assay.Admin.Get($"/api/quality-checks/{plain.Id}")).Expect(200).Json["properties"]!.ToJsonString().ShouldBe("""{"value":4,"inclusive":false}""");
        (await assay.Anomalies(datastore)).Select(a => (string)a["message"]!).ShouldContain(m => m.Contains("id"));
        (await assay.Admin.Post($"/api/quality-checks/{range.Id}/dry-run", new JsonObject())).Expect(200).Text.ShouldNotContain("47000");

        // What is sent back as it was shown stays as it is stored.
        (await assay.Admin.Put($"/api/quality-checks/{range.Id}", shown.ToUpdate().With(new() { ["tags"] = new JsonArray("kept") }))).Expect(200);
        var listed = (await assay.Admin.Get($"/api/quality-checks/{list.Id}")).Expect(200);
        (await assay.Admin.Put($"/api/quality-checks/{list.Id}", listed.ToUpdate())).Expect(200);
        (await assay.Admin.Put($"/api/quality-checks/{list.Id}", listed.ToUpdate().With(new() { ["fields"] = new JsonArray("id") }))).Expect(422).Errors().ShouldContain(e => e.Loc == "body.properties.list");
        (await assay.Admin.Post(TestChecks.AllChecks, TestChecks.Check(container, "expectedValues", ["secret"], """{"list": ["***MASKED***"]}"""))).Expect(422).Errors().ShouldContain(e => e.Loc == "body.properties.list");
        foreach (var name in new[] { "secret", "pin" })
        {
            var field = (await assay.Admin.Get($"/api/fields?container={container}&name={name}&status=masked")).Json["items"]![0]!["id"]!;
            (await assay.Admin.Put($"/api/fields/{field}", new JsonObject { ["status"] = "active" })).Expect(200);
        }

        var back = (await assay.Admin.Get($"/api/quality-checks/{range.Id}")).Expect(200);
        back.Json["properties"]!.ToJsonString().ShouldBe("""{"min":4700001,"inclusive_min":true,"max":4700003,"inclusive_max":true}""");
        var again = (await assay.Admin.Get($"/api/quality-checks/{list.Id}")).Expect(200);
        (again.Json["properties"]!.ToJsonString(), (string?)again.Json["filter"], (string?)again.Json["description"]).ShouldBe(("""{"list":["hush"]}""", "pin > 0", "only hush"));
        (await assay.Anomalies(datastore)).ShouldContain(a => ((string)a["message"]!).Contains("4700004"));
    }

    [Fact]
    public async Task Search_FindsNothingByWhatIsMasked()
    {
        var (datastore, _) = await assay.Synced("CREATE TABLE people AS SELECT i AS id, 'hush' AS secret FROM generate_series(1, 4) i; CREATE TABLE pets AS SELECT i AS owner, 'hush' AS called FROM generate_series(1, 4) i");
        var (people, pets) = (await assay.ContainerId(datastore, "people"), await assay.ContainerId(datastore, "pets"));
        var named = await assay.CreateCheck(people, "expectedValues", ["secret"], """{"list": ["hush"]}""", new() { ["description"] = "Only Hush is said" });
        var plain = await assay.CreateCheck(people, "notNull", ["id"], null, new() { ["description"] = "hush, but of nobody's secret" });
        var afar = await assay.CreateCheck(pets, "existsIn", ["called"], $$"""{"field_name": "secret", "ref_container_id": {{people}}, "ref_datastore_id": {{datastore}}}""", new() { ["description"] = "called as in secret" });
        async Task<long[]> Found(string text) => [.. (await assay.Admin.Get($"/api/quality-checks?datastore={datastore}&search={text}")).Expect(200).Json["items"]!.AsArray().Select(c => (long)c!["id"]!).Order()];
        (await Found("hUSH")).ShouldBe([named.Id, plain.Id]);
        (await Found("as in secret")).ShouldBe([afar.Id]);

        var field = (await assay.Admin.Get($"/api/fields?container={people}&name=secret")).Json["items"]![0]!["id"]!;
        (await assay.Admin.Put($"/api/fields/{field}", new JsonObject { ["status"] = "masked" })).Expect(200);

        (await Found("hUSH")).ShouldBe([plain.Id]);
        (await Found("is said")).ShouldBeEmpty("the description is hidden as a whole");
        (await Found("expectedV")).ShouldBe([named.Id], "the rule is shown");
        (await Found($"{named.Id}")).ShouldContain(named.Id);
        (await Found("masked")).ShouldBeEmpty();
        (await assay.Admin.Get($"/api/quality-checks?datastore={datastore}&search=hush")).Json["total"]!.GetValue<long>().ShouldBe(1, "counts tell as much");
        (await assay.Admin.Get($"/api/quality-checks/listing?datastore={datastore}")).Expect(200).Text.ShouldNotContain("Only Hush");
    }
}
