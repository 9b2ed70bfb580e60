using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Containers;

public sealed class ComputedMaskingTests(AssayServer assay)
{
    private const string People = """
        CREATE TABLE people (id int PRIMARY KEY, pin int, city text); INSERT INTO people VALUES (1, 4711, 'Bern'), (2, 4712, 'Graz');
        CREATE TABLE cities (city text, country text); INSERT INTO cities VALUES ('Bern', 'CH'), ('Graz', 'AT');
        """;

    [Fact]
    public async Task Join_MasksWhatComesFromAMaskedField_WheneverItWasMasked()
    {
        var (datastore, _) = await assay.SyncedPostgres(People);
        var (people, cities) = (await assay.ContainerId(datastore, "people"), await assay.ContainerId(datastore, "cities"));
        var early = await Made(Join("early", people, cities, "left_pin + 1 AS next, left_city AS town, right_country"));
        (await Preview(early)).ShouldContain("4712");

        await Mask(people, "pin");
        var late = await Made(Join("late", people, cities, "concat('x', left_pin) AS coded, count(*) AS n", group: "left_pin"));

        (await States(early)).ShouldBe(["next masked", "right_country active", "town active"]);
        (await States(late)).ShouldBe(["coded masked", "n active"]);
        foreach (var text in new[] { await Preview(early), await Preview(late) }) text.ShouldNotContain("471");
        await assay.ProfileWell(datastore);
        (await assay.FieldProfiles(early))["next"]["max"].ShouldBeNull();
        var next = (long)(await assay.Admin.Get($"/api/fields?container_id={early}&name=next&status=masked")).Expect(200).Json["items"]![0]!["id"]!;
        (await assay.Admin.Put($"/api/fields/{next}", new JsonObject { ["status"] = "active" })).Expect(409);
        (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = Join("sly", people, cities, "left_city", where: "left_pin = 4711") }))
            .Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.where_clause");
        (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = Join("sly", people, cities, "count(*) AS n", group: "left_city, left_pin = 4711") }))
            .Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.group_by_clause");
        // What shows nothing of it any more can be shown again; what comes to show it cannot.
        (await assay.Admin.Put($"/api/containers/{early}", new JsonObject { ["container_type"] = "computed_join", ["name"] = "early", ["select_clause"] = "left_id AS next, left_pin AS town" })).Expect(200);
        (await assay.Admin.Put($"/api/fields/{next}", new JsonObject { ["status"] = "active" })).Expect(200);
        (await States(early)).ShouldBe(["next active", "right_country missing", "town masked"]);
        (await Preview(early)).ShouldNotContain("471");
    }

    [Fact]
    public async Task Revealing_TakesAnEditorOfEveryDatastoreThatIsRead()
    {
        var (left, _) = await assay.SyncedPostgres("CREATE TABLE cities (city text); INSERT INTO cities VALUES ('Bern')");
        var (right, _) = await assay.SyncedPostgres(People);
        var people = await assay.ContainerId(right, "people");
        await Mask(people, "pin");
        var container = await Made(new JsonObject
        {
            ["container_type"] = "computed_join",
            ["name"] = "told",
            ["query"] = "SELECT c.city, p.pin FROM c JOIN p ON p.city = c.city",
            ["sources"] = new JsonArray(new JsonObject { ["container_id"] = await assay.ContainerId(left, "cities"), ["alias"] = "c" }, new JsonObject { ["container_id"] = people, ["alias"] = "p" }),
        });
        var editor = await assay.CreateMember("Editor", left);

        (await editor.Api.Get($"/api/containers/{container}/preview")).Expect(200).Json["rows"]![0]!.ToJsonString().ShouldBe("""{"city":"Bern","pin":"***MASKED***"}""");
        (await editor.Api.Get($"/api/containers/{container}/preview?include_masked=true")).Code.ShouldBeOneOf(403, 404);
        (await assay.Admin.Get($"/api/containers/{container}/preview?include_masked=true")).Expect(200).Text.ShouldContain("4711");
    }

    [Fact]
    public async Task Query_ThatNamesAContainerWithAMaskedField_IsMaskedUntilAnEditorSaysOtherwise()
    {
        var (datastore, _) = await assay.SyncedPostgres(People);
        var people = await assay.ContainerId(datastore, "people");
        var early = await Made(Query(datastore, "early", "SELECT p.a AS a, p.b AS b FROM \"people\" AS p(a, b, c)"));
        var other = await Made(Query(datastore, "other", "SELECT city AS people_city FROM cities"));

        await Mask(people, "pin");
        var late = await Made(Query(datastore, "late", "SELECT upper(city) AS city, pin * 2 AS twice FROM PEOPLE"));

        (await States(early)).ShouldBe(["a masked", "b masked"]);
        (await States(late)).ShouldBe(["city masked", "twice masked"]);
        (await States(other)).ShouldBe(["people_city active"]);
        var city = (long)(await assay.Admin.Get($"/api/fields?container_id={late}&name=city&status=masked")).Expect(200).Json["items"]![0]!["id"]!;
        (await assay.Admin.Put($"/api/fields/{city}", new JsonObject { ["status"] = "active" })).Expect(200);
        (await assay.Admin.Get($"/api/containers/{late}/preview")).Expect(200).Json["rows"]![0]!.ToJsonString().ShouldBe("""{"city":"BERN","twice":"***MASKED***"}""");
        // Another masked field of the same container may be in any of them.
        await Mask(people, "city");
        (await States(late)).ShouldBe(["city masked", "twice masked"]);
    }

    private static JsonObject Join(string name, long left, long right, string select, string? where = null, string? group = null) => new()
    {
        ["container_type"] = "computed_join",
        ["name"] = name,
        ["left_container_id"] = left,
        ["left_join_field_name"] = "city",
        ["right_container_id"] = right,
        ["right_join_field_name"] = "city",
        ["select_clause"] = select,
        ["where_clause"] = where,
        ["group_by_clause"] = group,
    };

    private static JsonObject Query(long datastore, string name, string query) =>
        new() { ["container_type"] = "computed_table", ["name"] = name, ["datastore_id"] = datastore, ["query"] = query };

    private async Task<long> Made(JsonObject body) => (await assay.Admin.Post("/api/containers", body)).Expect(200).Id;

    private async Task Mask(long container, string field)
    {
        var id = (long)(await assay.Admin.Get($"/api/fields?container_id={container}&name={field}")).Expect(200).Json["items"]![0]!["id"]!;
        (await assay.Admin.Put($"/api/fields/{id}", new JsonObject { ["status"] = "masked" })).Expect(200);
    }

    private async Task<string> Preview(long container) => (await assay.Admin.Get($"/api/containers/{container}/preview")).Expect(200).Text;

    private async Task<string[]> States(long container) =>
        [.. (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray().Select(f => $"{f!["name"]} {f["status"]}").Order(StringComparer.Ordinal)];
}
