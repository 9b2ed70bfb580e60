using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Checks;

/// <summary>What cannot be asserted is refused when it is saved, with the member named.</summary>
public sealed class CheckValidationTests(AssayServer assay)
{
    public static TheoryData<string, string, string?, string, string> Refused => new()
    {
        { "no such rule", "", null, "{}", "body.rule" },
        { "notNull", "nowhere", null, "{}", "body.fields.0" },
        { "notNull", "", null, "{}", "body.fields" },
        { "notNull", "name,name", null, "{}", "body.fields.1" },
        { "between", "name", """{"min": 0, "inclusive_min": true, "max": 10, "inclusive_max": true}""", "{}", "body.fields" },
        { "between", "price", """{"min": 0, "inclusive_min": true, "inclusive_max": true}""", "{}", "body.properties.max" },
        { "between", "price", """{"min": 11, "inclusive_min": true, "max": 10, "inclusive_max": true}""", "{}", "body.properties.min" },
        { "between", "price", """{"min": "low", "inclusive_min": true, "max": 10, "inclusive_max": true}""", "{}", "body.properties.min" },
        { "maxValue", "price", null, "{}", "body.properties.value" },
        { "matchesPattern", "name", """{"pattern": "([a-z"}""", "{}", "body.properties.pattern" },
        { "expectedValues", "name", """{"list": []}""", "{}", "body.properties.list" },
        { "satisfiesExpression", "", """{"expression": "price >"}""", "{}", "body.properties.expression" },
        { "satisfiesExpression", "", """{"expression": "nowhere > 1"}""", "{}", "body.properties.expression" },
        { "notNull", "name", null, """{"filter": "SELECT 1"}""", "body.filter" },
        { "notNull", "name", null, """{"coverage": 1.5}""", "body.coverage" },
        { "notNull", "name", null, """{"description": ""}""", "body.description" },
        { "notNull", "name", null, """{"owner_id": 999999999}""", "body.owner_id" },
        { "notNull", "name", null, """{"anomaly_message_field": "nowhere"}""", "body.anomaly_message_field" },
        { "existsIn", "id", """{"ref_container_id": 999999999, "field_name": "id"}""", "{}", "body.properties.ref_container_id" },
        { "greaterThanField", "price", """{"field_name": "nowhere", "inclusive": true}""", "{}", "body.properties.field_name" },
        { "greaterThanField", "price", """{"field_name": "name", "inclusive": true}""", "{}", "body.properties.field_name" },
        { "matchesPattern", "name", """{"pattern": "^(?!test)"}""", "{}", "body.properties.pattern" },
        { "matchesPattern", "name", """{"pattern": "(a)\\1"}""", "{}", "body.properties.pattern" },
        { "satisfiesExpression", "", """{"expression": "name RLIKE '(?<=a)b'"}""", "{}", "body.properties.expression" },
        { "satisfiesExpression", "", """{"expression": "price IN (SELECT 1)"}""", "{}", "body.properties.expression" },
        { "satisfiesExpression", "", """{"expression": "file('/etc/passwd') > 0"}""", "{}", "body.properties.expression" },
        { "satisfiesExpression", "", """{"expression": "price > 0; DROP TABLE x"}""", "{}", "body.properties.expression" },
        { "betweenTimes", "day", """{"min_time": "yesterday", "max_time": "2024-01-01T00:00:00Z"}""", "{}", "body.properties.min_time" },
        { "betweenTimes", "day", """{"min_time": "2025-01-01T00:00:00Z", "max_time": "2024-01-01T00:00:00Z"}""", "{}", "body.properties.min_time" },
        { "maxLength", "price", """{"value": 3}""", "{}", "body.fields" },
        { "timeDistributionSize", "name", """{"interval_name": "Monthly", "min_size": 1, "max_size": 2}""", "{}", "body.fields" },
        { "timeDistributionSize", "day", """{"interval_name": "Fortnightly", "min_size": 1, "max_size": 2}""", "{}", "body.properties.interval_name" },
        { "distinctCount", "name", """{"value": 2, "comparison": "about"}""", "{}", "body.properties.comparison" },
        { "isType", "name", """{"field_type": "Colour"}""", "{}", "body.properties.field_type" },
        { "entityResolution", "name", """{"distinct_field_name": "nowhere"}""", "{}", "body.properties.distinct_field_name" },
        { "predictedBy", "price", """{"expression": "2 * nowhere", "tolerance": 1}""", "{}", "body.properties.expression" },
        { "distinctCount", "price", """{"value": 5}""", """{"coverage": 0.5}""", "body.coverage" },
        { "fieldCount", "", """{"value": 5}""", """{"filter": "id > 0"}""", "body.filter" },
        { "notNull", "name", null, """{"coverage": -0.1}""", "body.coverage" },
        { "notNull", "name", null, """{"status": "Discarded"}""", "body.status" },
        { "notNull", "name", null, """{"filter": "upper(name)"}""", "body.filter" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Create_OfWhatCannotBeAsserted_NamesTheMember(string rule, string fields, string? properties, string with, string loc)
    {
        var (_, container) = await assay.SeedOrders();
        var body = Check(container, rule, fields.Split(',', StringSplitOptions.RemoveEmptyEntries), properties).With((JsonObject)JsonNode.Parse(with)!);

        var refused = (await assay.Admin.Post(AllChecks, body)).Expect(422);

        refused.Errors().Select(e => e.Loc).ShouldContain(loc, refused.Text);
        var validated = (await assay.Admin.Post($"{AllChecks}/validate", new JsonObject { ["quality_check"] = body.DeepClone() })).Expect(422);
        validated.Errors().Select(e => e.Loc).ShouldContain(loc.Replace("body.", "body.quality_check."), validated.Text);
    }

    public static TheoryData<string, string, string, string> MisReferred => new()
    {
        { "existsIn", "id", """{"ref_container_id": REF, "field_name": "nowhere"}""", "body.properties.field_name" },
        { "existsIn", "id", """{"ref_container_id": REF, "field_name": "name"}""", "body.properties.field_name" },
        { "existsIn", "id", """{"ref_container_id": REF, "ref_datastore_id": 999999999, "field_name": "id"}""", "body.properties.ref_datastore_id" },
        { "dataDiff", "id,price", """{"ref_container_id": REF}""", "body.fields.1" },
        { "dataDiff", "id", """{"ref_container_id": REF, "id_field_names": ["price"]}""", "body.properties.id_field_names" },
        { "aggregationComparison", "", """{"ref_container_id": REF, "expression": "COUNT(*)", "comparison": "eq"}""", "body.properties.ref_expression" },
    };

    [Theory, MemberData(nameof(MisReferred))]
    public async Task Create_OfAReferenceThatCannotBeMeant_NamesTheMember(string rule, string fields, string properties, string loc)
    {
        var (datastore, container) = await assay.SeedOrders();
        var other = await assay.SeedTable(datastore, ("id", "Integral"), ("name", "String"));
        var body = Check(container, rule, fields.Split(',', StringSplitOptions.RemoveEmptyEntries), properties.Replace("REF", $"{other}", StringComparison.Ordinal));

        var refused = (await assay.Admin.Post(AllChecks, body)).Expect(422);

        refused.Errors().Select(e => e.Loc).ShouldContain(loc, refused.Text);
    }

    [Fact]
    public async Task Create_OfAnExpressionWithAFault_PointsAtThePosition()
    {
        var (_, container) = await assay.SeedOrders();

        var refused = (await assay.Admin.Post(AllChecks, Check(container, "satisfiesExpression", [], """{"expression": "price > 0 AND nowhere = 1"}"""))).Expect(422);

        refused.Errors().Single().Msg.ShouldContain("15", Case.Sensitive, refused.Text);
        refused.Errors().Single().Type.ShouldBe("expression_error");
    }

    [Fact]
    public async Task Validate_OfWhatCanBeAsserted_SavesNothing()
    {
        var (datastore, container) = await assay.SeedOrders();

        (await assay.Admin.Post($"{AllChecks}/validate", new JsonObject { ["quality_check"] = Check(container, "notNull", ["name"]) })).Expect(204);
        (await assay.Admin.Post($"{AllChecks}/validate", new JsonObject
        {
            ["quality_check"] = Check(container, "satisfiesExpression", [], """{"expression": "created_at > {{ since }}"}"""),
            ["check_variables"] = new JsonObject { ["since"] = "TIMESTAMP '2023-10-15'" },
        })).Expect(204);

        (await assay.Admin.Get($"{AllChecks}?datastore={datastore}")).Json["total"]!.GetValue<long>().ShouldBe(0);
        (await assay.Admin.Post($"{AllChecks}/validate", new JsonObject { ["quality_check"] = Check(999999999, "notNull", ["name"]) })).Expect(404);
    }

    [Fact]
    public async Task Reference_ToAContainerThatTheAuthorMayNotRead_DoesNotExist()
    {
        var mine = await assay.CreateTeam("Author");
        var author = await assay.CreateUser("Member", mine);
        var connection = await assay.SeedConnection();
        var here = await assay.SeedTable(await assay.SeedDatastore(connection, [mine.Id]), ("id", "Integral"));
        var there = await assay.SeedTable(await assay.SeedDatastore(connection, []), ("id", "Integral"));
        var body = Check(here, "existsIn", ["id"], $$"""{"ref_container_id": {{there}}, "field_name": "id"}""");

        (await author.Api.Post(AllChecks, body)).Expect(422).Errors()[0].Loc.ShouldBe("body.properties.ref_container_id");
        (await assay.Admin.Post(AllChecks, body)).Expect(200);
    }

    [Fact]
    public async Task RuleSpecifications_AreFortyNine_AndDrawForms()
    {
        var rules = (await assay.Admin.Get($"{AllChecks}/specifications/rules")).Expect(200).Json.AsArray();

        rules.Count.ShouldBe(49);
        rules.Select(r => (string)r!["rule"]!).ShouldBeUnique();
        var between = rules.Single(r => (string)r!["rule"]! == "between")!;
        ((string?)between["fields"]).ShouldBe("single");
        between["fields_type_filter"]!.AsArray().Select(t => (string)t!).ShouldBe(["Integral", "Fractional"]);
        between["properties"]!.AsArray().Select(p => (string)p!["field"]!).ShouldBe(["min", "inclusive_min", "max", "inclusive_max"]);
        (await assay.Admin.Get($"{AllChecks}/specifications/rules?name=null")).Expect(200).Json.AsArray().Select(r => (string)r!["rule"]!).ShouldBe(["anyNotNull", "notNull"]);
        (await assay.Admin.Get($"{AllChecks}/specifications/rules/listing?name=notNull")).Expect(200).Json.AsArray().Count.ShouldBe(2);
    }
}
