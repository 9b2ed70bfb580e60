using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Containers;

/// <summary>The fields that a table's later reads go by: found by syncs and profiles, and left alone where a user chose.</summary>
public sealed class DetectionTests(AssayServer assay)
{
    private const string Tables = """
        CREATE TABLE keyed (id int PRIMARY KEY, label text); INSERT INTO keyed SELECT g, 'x' FROM generate_series(1, 50) g;
        CREATE TABLE changing (id int PRIMARY KEY, updated_at timestamp, created_at timestamp); INSERT INTO changing SELECT g, now(), now() FROM generate_series(1, 50) g;
        CREATE TABLE made (code text UNIQUE NOT NULL, "createdAt" timestamptz); INSERT INTO made SELECT 'c' || g, now() FROM generate_series(1, 50) g;
        CREATE TABLE growing (label text, number bigint, twin bigint); INSERT INTO growing SELECT 'x' || g % 7, 1000 + g, g / 2 FROM generate_series(1, 50) g;
        CREATE TABLE days (label text, day date); INSERT INTO days SELECT 'x', date '2024-01-01' + g FROM generate_series(1, 50) g;
        CREATE TABLE gaps (number bigint); INSERT INTO gaps SELECT CASE WHEN g > 1 THEN g END FROM generate_series(1, 50) g;
        """;

    [Theory]
    [InlineData("keyed", "id", "batch-value", "id")]
    [InlineData("changing", "updated_at", "last-modified", "updated_at")]
    [InlineData("made", "createdAt", "last-modified", "createdAt")]
    [InlineData("growing", null, null, "number")]
    [InlineData("days", null, null, "day")]
    [InlineData("gaps", null, null, null)]
    public async Task KeysTimesAndGrowingNumbers_AreFound(string table, string? incremental, string? type, string? partition)
    {
        var (datastore, _) = await assay.SyncedPostgres(Tables);
        await assay.ProfileWell(datastore, new JsonObject { ["container_names"] = new JsonArray(table) });

        var found = (await assay.Admin.Get($"/api/containers/{await assay.ContainerId(datastore, table)}")).Expect(200).Json;

        ((string?)found["incremental_field_name"], (string?)found["incremental_identifier_type"], (string?)found["partition_field"]).ShouldBe((incremental, type, partition));
    }

    [Theory]
    [InlineData("growing", null, null)]
    [InlineData("growing", "twin", "label")]
    [InlineData("keyed", null, "label")]
    public async Task WhatAUserChose_StaysThroughSyncsAndProfiles(string table, string? incremental, string? partition)
    {
        var (datastore, database) = await assay.SyncedPostgres(Tables);
        var container = await assay.ContainerId(datastore, table);
        // "None" is a choice too, where it differs from what was found.
        (await assay.Admin.Put($"/api/containers/{container}", new JsonObject { ["container_type"] = "table", ["incremental_field_name"] = "twin", ["partition_field"] = "label" }.With(
            table == "keyed" ? new() { ["incremental_field_name"] = "id" } : []))).Expect(200);
        (await assay.Admin.Put($"/api/containers/{container}", new JsonObject { ["container_type"] = "table", ["incremental_field_name"] = incremental, ["partition_field"] = partition })).Expect(200);
        await Syncing.RunSql(database, $"ALTER TABLE {table} ADD COLUMN updated_at timestamp");

        await assay.SyncWell(datastore);
        await assay.ProfileWell(datastore, new JsonObject { ["container_names"] = new JsonArray(table) });

        var kept = (await assay.Admin.Get($"/api/containers/{container}")).Expect(200).Json;
        ((string?)kept["incremental_field_name"], (string?)kept["partition_field"]).ShouldBe((incremental, partition));
        // What is left out goes back to automatic.
        (await assay.Admin.Put($"/api/containers/{container}", new JsonObject { ["container_type"] = "table" })).Expect(200);
        ((string?)(await assay.Admin.Get($"/api/containers/{container}")).Expect(200).Json["incremental_field_name"]).ShouldBe("updated_at");
    }
}
