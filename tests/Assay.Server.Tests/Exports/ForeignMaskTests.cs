using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Exports;

/// <summary>Who may do what they like with one datastore gets no masked values of another through it.</summary>
public sealed class ForeignMaskTests(AssayServer assay)
{
    [Fact]
    public async Task Join_WithAnotherDatastore_StaysMasked_WhateverIsAskedFor()
    {
        var (left, _) = await assay.SyncedPostgres("CREATE TABLE a AS SELECT 1 AS id");
        var (right, _) = await assay.SyncedPostgres("CREATE TABLE b AS SELECT 1 AS id, 'secret' AS word");
        var joined = (await assay.Admin.Post("/api/containers", new JsonObject
        {
            ["container_type"] = "computed_join",
            ["name"] = "joined",
            ["left_container_id"] = await assay.ContainerId(left, "a"),
            ["left_join_field_name"] = "id",
            ["right_container_id"] = await assay.ContainerId(right, "b"),
            ["right_join_field_name"] = "id",
            ["join_type"] = "inner",
            ["select_clause"] = "left_id AS id, right_word AS word",
        })).Expect(200).Id;
        while ((int)(await assay.Admin.Get($"/api/operations?datastore={left}&finished=false")).Expect(200).Json["total"]! > 0) await Task.Delay(50);
        var field = (await assay.FieldProfiles(joined))["word"]["field_id"]!.DeepClone();
        (await assay.Admin.Patch("/api/fields", new JsonArray(new JsonObject { ["id"] = field, ["status"] = "masked" }))).Expect(200);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(left, target.Id, "j");

        await assay.RunWell(new() { ["type"] = "materialize", ["datastore_id"] = left, ["container_names"] = new JsonArray("joined"), ["include_masked"] = true });
        await assay.RunWell(new() { ["type"] = "export", ["asset_type"] = "profiles", ["datastore_id"] = left, ["include_masked"] = true });

        (await target.Query("SELECT id, word FROM _j_mat_joined")).ShouldBe(["1|***MASKED***"]);
        (await target.Query("SELECT name, histogram_buckets FROM _j_export_field_profiles WHERE name = 'word'")).ShouldBe(["word|[]"]);
        ((int)(await assay.Admin.Get($"/api/audit-logs/masking?resource_type=container&resource_id={joined}")).Expect(200).Json["total"]!).ShouldBe(0);
    }
}
