using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Fields;

public sealed class ComputedFieldTests(AssayServer assay)
{
    private const string Shop = """
        CREATE TABLE sales (id int PRIMARY KEY, company text, price text, sold text, region text, amount int);
        INSERT INTO sales VALUES (1, 'TechCorp, Inc.', '$1,234.56', '01/31/2024', 'north', 10), (2, 'Acme LLC', '(2020)', '02/29/2024', 'north', 20),
            (3, 'Foo Ltd.', '100%', 'never', 'south', 5), (4, 'Bar', NULL, '12/01/2023', 'south', NULL);
        """;

    private static JsonObject Body(long container, string name, string transformation, string? source, JsonObject? properties = null) => new()
    {
        ["container_id"] = container,
        ["name"] = name,
        ["transformation"] = transformation,
        ["source_fields"] = source is null ? null : new JsonArray(source),
        ["properties"] = properties,
    };

    [Fact]
    public async Task EachTransformation_IsProfiled_Previewed_AndScanned()
    {
        var (datastore, _) = await assay.SyncedPostgres(Shop);
        var container = await assay.ContainerId(datastore, "sales");
        var name = (await assay.Admin.Post("/api/computed-fields", Body(container, "entity", "cleanedEntityName", "company"))).Expect(200);
        (await assay.Admin.Post("/api/computed-fields", Body(container, "number", "convertFormattedNumeric", "price"))).Expect(200);
        (await assay.Admin.Post("/api/computed-fields", Body(container, "day", "cast", "sold", new() { ["target_type"] = "date", ["format"] = "MM/dd/yyyy" }))).Expect(200);
        (await assay.Admin.Post("/api/computed-fields", Body(container, "share", "customExpression", null, new() { ["column_expression"] = "amount / sum(amount) OVER (PARTITION BY region)" }))).Expect(200);

        ((string?)name.Json["transformation_type"]).ShouldBe("cleanedEntityName");
        ((string?)name.Json["source_fields"]![0]!["name"]).ShouldBe("company");
        // It is among the fields after a profile only.
        (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray().Count.ShouldBe(6);
        await assay.ProfileWell(datastore);

        var fields = await assay.FieldProfiles(container);
        Labels(fields["entity"]).ShouldBe(["TechCorp", "Acme", "Foo", "Bar"], ignoreOrder: true);
        fields["number"].ShouldSatisfyAllConditions(
            f => ((string?)f["field_type"]).ShouldBe("Fractional"),
            f => ((double?)f["sum"]).ShouldBe(1234.56 - 2020 + 100),
            f => ((double?)f["completeness"]).ShouldBe(0.75));
        ((string?)fields["day"]["field_type"]).ShouldBe("Date");
        ((string?)fields["day"]["max"]).ShouldBe("2024-02-29");
        ((double?)fields["day"]["completeness"]).ShouldBe(0.75);
        ((double)fields["share"]["sum"]!).ShouldBe(2, 1e-12);
        var shown = (await assay.Admin.Get($"/api/containers/{container}")).Expect(200).Json["computed_fields"]!.AsArray();
        shown.Select(f => (string?)f!["name"]).ShouldBe(["day", "entity", "number", "share"]);
        shown[3]!["source_fields"]!.AsArray().ShouldBeEmpty();
        var field = (await assay.Admin.Get($"/api/fields?container_id={container}&name=number")).Expect(200).Json["items"]![0]!;
        ((string?)field["computed_field"]!["transformation_type"]).ShouldBe("convertFormattedNumeric");

        var preview = (await assay.Admin.Get($"/api/containers/{container}/preview?sort_columns=id%20desc&filter=number%20%3E%200")).Expect(200).Json;
        preview["rows"]!.AsArray().Select(r => ((long?)r!["id"], (double?)r["number"])).ShouldBe([(3, 100), (1, 1234.56)]);
        await assay.CreateCheck(container, "notNegative", ["number"]);
        var scan = await assay.ScanToEnd(datastore);
        ((string?)scan["result"]).ShouldBe("success", scan.ToJsonString());
        (await assay.Anomalies(datastore)).Length.ShouldBe(1);
        var dry = (await assay.Admin.Post("/api/quality-checks/dry-run", new JsonObject { ["quality_check"] = TestChecks.Check(container, "notNull", ["day"]) })).Expect(200).Json;
        ((long?)dry["anomalous_records"]).ShouldBe(1, dry.ToJsonString());
    }

    [Fact]
    public async Task Expression_OverFiles_KnowsTheirTypes()
    {
        var datastore = await assay.RegisterFiles(folder => File.WriteAllText(Path.Combine(folder, "lines.csv"), "day,qty\n2024-01-01,5\n2024-01-03,7\n2024-01-03,1\n"));
        await assay.SyncWell(datastore);
        var container = await assay.ContainerId(datastore, "lines.csv");
        (await assay.Admin.Post("/api/computed-fields", Body(container, "running", "customExpression", null, new() { ["column_expression"] = "sum(qty) OVER (ORDER BY day, qty)" }))).Expect(200);
        (await assay.Admin.Post("/api/computed-fields", Body(container, "month", "customExpression", null, new() { ["column_expression"] = "date_format(day, 'yyyy-MM')" }))).Expect(200);

        await assay.ProfileWell(datastore);

        var fields = await assay.FieldProfiles(container);
        ((double?)fields["running"]["max"]).ShouldBe(13);
        Labels(fields["month"]).ShouldBe(["2024-01"]);
        // A sync leaves them alone.
        await assay.SyncWell(datastore);
        (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray().Select(f => (string?)f!["status"]).ShouldBe(["active", "active", "active", "active"]);
    }

    [Theory]
    [InlineData("customExpression", null, """{"column_expression": "amout + 1"}""", "body.properties.column_expression")]
    [InlineData("customExpression", null, """{"column_expression": "amount +"}""", "body.properties.column_expression")]
    [InlineData("customExpression", null, """{"column_expression": "file('/etc/passwd')"}""", "body.properties.column_expression")]
    [InlineData("customExpression", null, "{}", "body.properties.column_expression")]
    [InlineData("customExpression", "amount", """{"column_expression": "1"}""", "body.source_fields")]
    [InlineData("cast", "sold", """{"target_type": "nonsense"}""", "body.properties.target_type")]
    [InlineData("cast", "sold", "{}", "body.properties.target_type")]
    [InlineData("cast", "sold", """{"target_type": "int", "format": "yyyy"}""", "body.properties.format")]
    [InlineData("cast", "none", """{"target_type": "int"}""", "body.source_fields.0")]
    [InlineData("cast", null, """{"target_type": "int"}""", "body.source_fields")]
    [InlineData("convertFormattedNumeric", "amount", "{}", "body.source_fields.0")]
    [InlineData("cleanedEntityName", "company", """{"drop_from_suffix": "yes"}""", "body.properties.drop_from_suffix")]
    [InlineData("cleanedEntityName", "company", """{"terms_to_drop": [1]}""", "body.properties.terms_to_drop")]
    [InlineData("concatenate", "company", "{}", "body.transformation")]
    public async Task Field_ThatCannotBeMeant_IsRefused(string transformation, string? source, string properties, string loc)
    {
        var (datastore, _) = await assay.SyncedPostgres(Shop);
        var container = await assay.ContainerId(datastore, "sales");

        var refused = await assay.Admin.Post("/api/computed-fields", Body(container, "bad", transformation, source, (JsonObject)JsonNode.Parse(properties)!));

        var errors = refused.Expect(422).Errors();
        errors.ShouldContain(e => e.Loc == loc);
        if (properties.Contains("amout")) refused.Text.ShouldContain("at position 1");
    }

    [Fact]
    public async Task States_FollowTheSource()
    {
        var (datastore, database) = await assay.SyncedPostgres(Shop);
        var container = await assay.ContainerId(datastore, "sales");
        (await assay.Admin.Post("/api/computed-fields", Body(container, "double", "customExpression", null, new() { ["column_expression"] = "amount * 2" }))).Expect(200);
        await assay.ProfileWell(datastore);
        async Task<JsonNode> Field(string name) => (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray().Single(f => (string?)f!["name"] == name)!;
        var (source, computed) = ((long)(await Field("amount"))["id"]!, (long)(await Field("double"))["id"]!);

        (await assay.Admin.Put($"/api/fields/{source}", new JsonObject { ["status"] = "masked" })).Expect(200);
        ((string?)(await Field("double"))["status"]).ShouldBe("masked");
        (await assay.Admin.Put($"/api/fields/{computed}", new JsonObject { ["status"] = "active" })).Expect(409);
        (await assay.Admin.Get($"/api/containers/{container}/preview")).Expect(200).Json["rows"]![0]!["double"]!.GetValue<string>().ShouldBe("***MASKED***");
        foreach (var id in new[] { source, computed }) (await assay.Admin.Put($"/api/fields/{id}", new JsonObject { ["status"] = "active" })).Expect(200);

        await Syncing.RunSql(database, "ALTER TABLE sales RENAME amount TO amount_of_old");
        await assay.SyncWell(datastore);
        ((string?)(await Field("double"))["status"]).ShouldBe("missing");
        await Syncing.RunSql(database, "ALTER TABLE sales RENAME amount_of_old TO amount");
        await assay.SyncWell(datastore);
        ((string?)(await Field("double"))["status"]).ShouldBe("active");

        var check = (await assay.CreateCheck(container, "notNull", ["double"])).Expect(200).Id;
        (await assay.Admin.Delete($"/api/fields/{source}")).Expect(204);
        ((string?)(await Field("double"))["status"]).ShouldBe("excluded");
        (await assay.Admin.Get($"/api/quality-checks/{check}")).Expect(200).Json["deleted_at"].ShouldNotBeNull();
        (await assay.Admin.Post($"/api/fields/{computed}/restore")).Expect(409);
    }

    [Fact]
    public async Task Change_AndDelete_TakeTheFieldAlong()
    {
        var (datastore, _) = await assay.SyncedPostgres(Shop);
        var container = await assay.ContainerId(datastore, "sales");
        var made = (await assay.Admin.Post("/api/computed-fields", Body(container, "double", "customExpression", null, new() { ["column_expression"] = "amount * 2" }))).Expect(200);
        (await assay.Admin.Post("/api/computed-fields", Body(container, "double", "customExpression", null, new() { ["column_expression"] = "1" }))).Expect(409);
        (await assay.Admin.Post("/api/computed-fields", Body(container, "amount", "customExpression", null, new() { ["column_expression"] = "1" }))).Expect(409);
        await assay.ProfileWell(datastore);
        var check = (await assay.CreateCheck(container, "notNull", ["double"])).Expect(200).Id;

        var change = Body(container, "twice", "customExpression", null, new() { ["column_expression"] = "amount + amount" });
        change.Remove("container_id");
        change["created"] = (string?)made.Json["created"];
        var changed = (await assay.Admin.Put($"/api/computed-fields/{made.Id}", change)).Expect(200);

        ((string?)changed.Json["properties"]!["column_expression"]).ShouldBe("amount + amount");
        ((string?)(await assay.Admin.Get($"/api/quality-checks/{check}")).Expect(200).Json["fields"]![0]!["name"]).ShouldBe("twice");
        (await assay.Admin.Delete($"/api/computed-fields/{made.Id}")).Expect(409);
        (await assay.Admin.Delete($"/api/quality-checks/{check}?archive=false")).Expect(204);
        (await assay.Admin.Delete($"/api/computed-fields/{made.Id}")).Expect(204);
        (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray().Count.ShouldBe(6);
        (await assay.Admin.Delete($"/api/computed-fields/{made.Id}")).Expect(404);
    }

    [Fact]
    public async Task Specifications_DescribeEachTransformation()
    {
        (await assay.Admin.Get("/api/computed-fields/specifications")).Expect(200).Json.AsArray().Count.ShouldBe(4);
        var cast = (await assay.Admin.Get("/api/computed-fields/specifications?transformation=cast")).Expect(200).Json.AsArray().Single()!;
        ((string?)cast["fields"]).ShouldBe("single");
        cast["properties"]!.AsArray().Select(p => (string?)p!["name"]).ShouldBe(["target_type", "format"]);
    }

    private static IEnumerable<string?> Labels(JsonNode field) => field["histogram"]!["labels"]!.AsArray().Select(l => (string?)l);
}
