using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Profiles;

/// <summary>Objects in files of JSON are profiled as structs.</summary>
public sealed class JsonProfileTests(AssayServer assay)
{
    private const string First = """
        {"id": 1, "person": {"name": "Ann", "born": "1990-02-03", "address": {"city": "Bern", "zip": "03000"}}, "items": [{"sku": "a", "qty": 2}, {"sku": "b"}], "either": {"x": 1}}
        {"id": 2, "person": null, "items": []}
        {"id": 3, "person": {"name": "Bob", "address": null}}
        """;

    private const string Second = """
        {"id": 4, "person": {"name": 7, "height": 1.75, "address": {"city": "Rome"}}, "either": "text"}
        {"id": 5, "person": {"name": "Cy", "height": 2, "address": {"city": "Bern"}}, "items": [{"sku": "c", "qty": 5}]}
        """;

    [Fact]
    public async Task Objects_OfDifferingFiles_AreProfiledByTheirMembers()
    {
        var datastore = await Visits();

        await assay.ProfileWell(datastore);

        var fields = await assay.FieldProfiles(await assay.ContainerId(datastore, "visits_*.jsonl"));
        ((string?)fields["person"]["field_type"], (double?)fields["person"]["completeness"], (string?)fields["person"]["message"]).ShouldBe(("Struct", 0.8, null));
        var members = Members(fields["person"]);
        members.Keys.ShouldBe(["person.name", "person.born", "person.address", "person.address.city", "person.address.zip", "person.height"], ignoreOrder: true);
        ((string?)members["person.name"]["type"], (double?)members["person.name"]["completeness"]).ShouldBe(("String", 0.8));
        ((string?)members["person.born"]["type"], (string?)members["person.born"]["min"]).ShouldBe(("Date", "1990-02-03"));
        ((string?)members["person.address"]["type"], (double?)members["person.address"]["completeness"]).ShouldBe(("Struct", 0.6));
        ((long?)members["person.address.city"]["approximate_distinct_values"], (string?)members["person.address.zip"]["type"]).ShouldBe((2, "String"));
        ((double?)members["person.height"]["mean"]).ShouldBe(1.875);
        var items = Members(fields["items"]);
        ((string?)fields["items"]["field_type"], (string?)items["items.sku"]["type"]).ShouldBe(("Array", "Array"));
        ((long?)items["items.qty"]["element"]!["max"], (long?)items["items.sku"]["element"]!["approximate_distinct_values"]).ShouldBe((5, 3));
        ((string?)fields["either"]["field_type"], fields["either"]["sub_fields"]!.AsArray().Count).ShouldBe(("String", 0), "it is an object in one row and text in another");
    }

    [Fact]
    public async Task Objects_OfAMaskedField_ShowNoValue()
    {
        var datastore = await Visits();
        var container = await assay.ContainerId(datastore, "visits_*.jsonl");
        var person = (await assay.Admin.Get($"/api/fields?container={container}&name=person")).Expect(200).Json["items"]![0]!["id"];
        (await assay.Admin.Put($"/api/fields/{person}", new JsonObject { ["status"] = "masked" })).Expect(200);

        await assay.ProfileWell(datastore);

        var masked = (await assay.FieldProfiles(container))["person"];
        masked["sub_fields"]!.AsArray().Count.ShouldBe(6);
        foreach (var secret in new[] { "Ann", "Bern", "1990", "1.75" }) masked.ToJsonString().ShouldNotContain(secret);
    }

    private async Task<long> Visits()
    {
        var datastore = await assay.RegisterFiles(folder =>
        {
            File.WriteAllText(Path.Combine(folder, "visits_1.jsonl"), First);
            File.WriteAllText(Path.Combine(folder, "visits_2.jsonl"), Second);
        });
        await assay.SyncWell(datastore);
        return datastore;
    }

    private static Dictionary<string, JsonNode> Members(JsonNode field) => field["sub_fields"]!.AsArray().ToDictionary(m => (string)m!["name"]!, m => m!);
}
