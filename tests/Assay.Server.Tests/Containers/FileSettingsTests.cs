using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Containers;

/// <summary>What users may settle of how files are read.</summary>
public sealed class FileSettingsTests(AssayServer assay)
{
    private const string People = "id,name\n1,Ann\n2,Bob\n";

    [Fact]
    public async Task Update_ToNoHeader_HoldsAtOnceAndNamesFieldsWithTheNextSync()
    {
        var (datastore, id) = await Synced("people.csv", "name,city\nAnn,Rome\nBob,Oslo\n");

        var updated = await Update(id, new JsonObject { ["has_header"] = false });

        ((bool?)updated["has_header"]).ShouldBe(false);
        (await Rows(id)).ShouldBe(["name|city", "Ann|Rome", "Bob|Oslo"]);
        (await Fields(id)).ShouldBe(["name String", "city String"]);
        await assay.SyncWell(datastore);
        (await Fields(id)).ShouldBe(["column_1 String", "column_2 String"]);
        (await Rows(id)).ShouldBe(["name|city", "Ann|Rome", "Bob|Oslo"]);
        (await assay.SyncWell(datastore)).Containers.ShouldBe((0, 0, 0, 0));
        await assay.ProfileWell(datastore);
        ((long)(await assay.FieldProfiles(id))["column_1"]["approximate_distinct_values"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Update_ToAHeader_HoldsAtOnceAndNamesFieldsWithTheNextProfile()
    {
        var (datastore, id) = await Synced("matrix.csv", "1,2\n3,4\n");
        (await Fields(id)).ShouldBe(["column_1 Integral", "column_2 Integral"]);

        await Update(id, new JsonObject { ["has_header"] = true });

        (await Rows(id)).ShouldBe(["3|4"]);
        await assay.ProfileWell(datastore);
        (await Fields(id)).ShouldBe(["1 Integral", "2 Integral"]);
        (await Rows(id)).ShouldBe(["3|4"]);
    }

    [Fact]
    public async Task Update_WithoutASetting_IsAutomaticAgainWithTheNextSync()
    {
        var (datastore, id) = await Synced("people.csv", People);
        await Update(id, new JsonObject { ["has_header"] = false, ["escape_character"] = "\\", ["infer_datatypes"] = false });
        await assay.SyncWell(datastore);
        var chosen = (await assay.Admin.Get($"/api/containers/{id}")).Expect(200).Json;
        ((bool?)chosen["has_header"]).ShouldBe(false);
        ((string?)chosen["escape_character"]).ShouldBe("\\");
        ((bool?)chosen["infer_datatypes"]).ShouldBe(false);

        // What is sent back as it was stays the user's choice.
        await Update(id, new JsonObject { ["has_header"] = false, ["escape_character"] = "\\", ["infer_datatypes"] = false });
        (await assay.SyncWell(datastore)).Containers.ShouldBe((0, 0, 0, 0));
        await Update(id, []);
        await assay.SyncWell(datastore);

        var after = (await assay.Admin.Get($"/api/containers/{id}")).Expect(200).Json;
        ((bool?)after["has_header"]).ShouldBe(true);
        ((string?)after["escape_character"]).ShouldBe("\"");
        ((bool?)after["infer_datatypes"]).ShouldBe(true);
        (await Fields(id)).ShouldBe(["id Integral", "name String"]);
    }

    [Fact]
    public async Task Update_WithWhatGetAnswered_ChangesNothing()
    {
        var (datastore, id) = await Synced("people.csv", People);
        var before = (await assay.Admin.Get($"/api/containers/{id}")).Expect(200).Json;

        var after = (await assay.Admin.Put($"/api/containers/{id}", before)).Expect(200).Json;

        after.ToJsonString().ShouldBe(before.ToJsonString());
        (await assay.SyncWell(datastore)).Containers.ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public async Task Update_OfTheEscapeCharacter_IsGoneByInEveryRead()
    {
        var (datastore, id) = await Synced("paths.csv", "id,path\n1,\"C:\\temp\"\n");
        (await Rows(id)).ShouldBe(["1|C:\\temp"]);

        foreach (var (escape, row) in new[] { ("\\", "1|C:temp"), ("\"", "1|C:\\temp") })
        {
            ((string?)(await Update(id, new JsonObject { ["escape_character"] = escape }))["escape_character"]).ShouldBe(escape);
            (await Rows(id)).ShouldBe([row]);
            await assay.SyncWell(datastore);
            ((string?)(await assay.Admin.Get($"/api/containers/{id}")).Expect(200).Json["escape_character"]).ShouldBe(escape);
            (await Rows(id)).ShouldBe([row]);
        }
    }

    [Fact]
    public async Task Update_ToNoInference_MakesEveryFieldAText()
    {
        var (datastore, id) = await Synced("people.csv", "id,joined,active\n1,2024-01-31,true\n2,2023-12-01,false\n");

        await Update(id, new JsonObject { ["infer_datatypes"] = false });

        for (var sync = 0; sync < 2; sync++)
        {
            await assay.ProfileWell(datastore);
            foreach (var profile in (await assay.FieldProfiles(id)).Values)
            {
                ((string?)profile["field_type"]).ShouldBe("String");
                ((bool?)profile["type_declared"]).ShouldBe(true);
            }
            await assay.SyncWell(datastore);
        }
        (await Fields(id)).ShouldBe(["id String", "joined String", "active String"]);
        (await Rows(id)).ShouldBe(["1|2024-01-31|true", "2|2023-12-01|false"]);

        await Update(id, new JsonObject { ["infer_datatypes"] = true });
        await assay.SyncWell(datastore);
        await assay.ProfileWell(datastore);
        (await Fields(id)).ShouldBe(["id Integral", "joined Date", "active Boolean"]);
        ((bool?)(await assay.FieldProfiles(id))["id"]["type_declared"]).ShouldBe(false);
    }

    [Fact]
    public async Task Preview_WithoutHeader_LeavesExcludedFieldsTheirPlace()
    {
        var (_, id) = await Synced("pairs.csv", "1,Ann,x\n2,Bob,y\n");

        foreach (var (excluded, rows) in new[] { ("column_1", (string[])["Ann|x", "Bob|y"]), ("column_2", ["1|x", "2|y"]), ("column_3", ["1|Ann", "2|Bob"]) })
        {
            await Update(id, new JsonObject { ["exclude_fields"] = new JsonArray(excluded) });
            (await Rows(id)).ShouldBe(rows, excluded);
        }
    }

    [Fact]
    public async Task Update_OfTheHeaderBesideAMaskedField_IsRefused()
    {
        var (_, id) = await Synced("people.csv", People);
        var field = (await assay.Admin.Get($"/api/fields?container_id={id}&name=name")).Expect(200).Json["items"]![0]!["id"]!;
        (await assay.Admin.Put($"/api/fields/{field}", new JsonObject { ["status"] = "masked" })).Expect(200);

        var errors = (await assay.Admin.Put($"/api/containers/{id}", new JsonObject { ["container_type"] = "file", ["has_header"] = false })).Expect(422).Errors();

        errors.ShouldHaveSingleItem().Loc.ShouldBe("body.has_header");
        (await Rows(id)).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("a.csv", "escape_character", "\"'\"")]
    [InlineData("a.csv", "escape_character", "\"\"")]
    [InlineData("a.csv", "escape_character", "7")]
    [InlineData("a.csv", "has_header", "\"perhaps\"")]
    [InlineData("a.csv", "has_header", "[]")]
    [InlineData("a.csv", "infer_datatypes", "\"perhaps\"")]
    [InlineData("a.json", "has_header", "true")]
    [InlineData("a.json", "escape_character", "\"\\\"\"")]
    public async Task Update_ThatMakesNoSense_IsRefusedWithItsPlace(string file, string member, string value)
    {
        var (_, id) = await Synced(file, file.EndsWith("json", StringComparison.Ordinal) ? "{\"id\": 1}\n" : People);

        var refused = await assay.Admin.Put($"/api/containers/{id}", new JsonObject { ["container_type"] = "file", [member] = JsonNode.Parse(value) });

        refused.Expect(422).Errors().ShouldContain(e => e.Loc == $"body.{member}");
    }

    [Fact]
    public async Task Update_OfATable_RefusesWhatOnlyFilesHave()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE t (n int)");
        var id = await assay.ContainerId(datastore, "t");

        foreach (var (member, value) in new[] { ("has_header", JsonValue.Create(true)), ("escape_character", JsonValue.Create("\"")) })
            (await assay.Admin.Put($"/api/containers/{id}", new JsonObject { ["container_type"] = "table", [member] = value })).Expect(422).Errors().ShouldContain(e => e.Loc == $"body.{member}");
    }

    private async Task<(long Datastore, long Id)> Synced(string name, string content)
    {
        var datastore = await assay.RegisterFiles(folder => File.WriteAllText(Path.Combine(folder, name), content));
        await assay.SyncWell(datastore);
        return (datastore, await assay.ContainerId(datastore, name));
    }

    private async Task<JsonNode> Update(long id, JsonObject settings) =>
        (await assay.Admin.Put($"/api/containers/{id}", new JsonObject { ["container_type"] = "file" }.With(settings))).Expect(200).Json;

    private async Task<string[]> Fields(long id) =>
        [.. (await assay.Admin.Get($"/api/containers/{id}/fields")).Expect(200).Json["items"]!.AsArray().Where(f => (string?)f!["status"] == "active").Select(f => $"{f!["name"]} {f["type"]}")];

    private async Task<string[]> Rows(long id) =>
        [.. (await assay.Admin.Get($"/api/containers/{id}/preview?limit=100")).Expect(200).Json["rows"]!.AsArray().Select(r => string.Join('|', r!.AsObject().Select(c => c.Value?.ToString())))];
}
