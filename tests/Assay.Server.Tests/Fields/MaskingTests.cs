using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Fields;

public sealed class MaskingTests(AssayServer assay)
{
    [Fact]
    public async Task MaskedFigures_AreShownToEditorsWhoAsk_AndThatIsWrittenDown()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE people AS SELECT 4711 AS pin, 'hush' AS secret, 1 AS open");
        var container = await assay.ContainerId(datastore, "people");
        var fields = (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => (long)f!["id"]!);
        foreach (var name in new[] { "pin", "secret" }) (await assay.Admin.Put($"/api/fields/{fields[name]}", new JsonObject { ["status"] = "masked" })).Expect(200);
        await assay.ProfileWell(datastore);
        var editor = await assay.CreateMember("Editor", datastore);
        var viewer = await assay.CreateMember("Viewer", datastore);
        var profiles = await assay.FieldProfiles(container);
        var (pin, secret) = ((long)profiles["pin"]["id"]!, (long)profiles["secret"]["id"]!);

        // Of a single row every figure is the value.
        foreach (var member in new[] { "min", "max", "mean", "sum", "median", "q1", "q3", "std_dev", "kll", "min_length", "max_length" }) profiles["pin"][member].ShouldBeNull(member);
        profiles["secret"]["min_length"].ShouldBeNull();
        ((double?)profiles["pin"]["completeness"]).ShouldBe(1);
        (await editor.Api.Get($"/api/field-profiles/{pin}")).Expect(200).Text.ShouldNotContain("4711");
        (await viewer.Api.Get($"/api/field-profiles/{pin}?include_masked=true")).Expect(403);
        (await viewer.Api.Get($"/api/containers/{container}/preview?include_masked=true")).Expect(403);
        (await viewer.Api.Get($"/api/containers/{container}/source-records")).Expect(200).Text.ShouldNotContain("4711");
        (await viewer.Api.Get($"/api/containers/{container}/source-records?filter=pin%20%3D%204711")).Expect(422).Errors().ShouldContain(e => e.Loc == "query.filter");
        (await viewer.Api.Get($"/api/containers/{container}/source-records?sort_columns=pin")).Expect(422).Errors().ShouldContain(e => e.Loc == "query.sort_columns.0");

        ((long?)(await editor.Api.Get($"/api/field-profiles/{pin}?include_masked=true")).Expect(200).Json["mean"]).ShouldBe(4711);
        ((string?)(await editor.Api.Get($"/api/field-profiles/{secret}?include_masked=true")).Expect(200).Json["histogram"]!["labels"]![0]).ShouldBe("hush");
        ((long?)(await editor.Api.Get($"/api/containers/{container}/preview?include_masked=true")).Expect(200).Json["rows"]![0]!["pin"]).ShouldBe(4711);
        var records = (string)(await editor.Api.Get($"/api/containers/{container}/source-records?include_masked=true&filter=pin%20%3D%204711")).Expect(200).Json["source_records"]!;
        ((string?)JsonNode.Parse(records)![0]!["secret"]).ShouldBe("hush");
        (await editor.Api.Get($"/api/containers/{container}/source-records?filter=open%20%3D%207")).Expect(200).Json["source_records"].ShouldBeNull();

        var log = (await assay.Admin.Get($"/api/audit-logs/masking?user_id={editor.Id}")).Expect(200).Json["items"]!.AsArray();
        log.Select(e => ((string?)e!["resource_type"], (long?)e["resource_id"], (string?)e["action"])).ShouldBe(
            [("container", container, "view"), ("container", container, "view"), ("field_profile", secret, "view"), ("field_profile", pin, "view")]);
        log[0]!["fields"]!.AsArray().Select(f => (string?)f).ShouldBe(["pin", "secret"], ignoreOrder: true);
        (await assay.Admin.Get($"/api/audit-logs/masking?resource_type=field_profile&resource_id={pin}&action=view&start_date=2000-01-01&end_date=9999-12-31")).Expect(200).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await assay.Admin.Get("/api/audit-logs/masking?resource_type=field")).Expect(422);
        (await editor.Api.Get("/api/audit-logs/masking")).Expect(403);
    }
}
