using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;

namespace Assay.Server.Tests.Exports;

/// <summary>Exports and materializations that cannot be begun, or come to nothing.</summary>
public sealed class ExportRefusalTests(AssayServer assay)
{
    private Task<Answer> Run(JsonObject body) => assay.Admin.Post("/api/operations/run", body);

    private static JsonObject Export(long datastore, JsonObject? with = null) =>
        new JsonObject { ["type"] = "export", ["datastore_id"] = datastore, ["asset_type"] = "checks" }.With(with ?? []);

    private static JsonObject Materialize(long datastore) => new() { ["type"] = "materialize", ["datastore_id"] = datastore };

    [Fact]
    public async Task WithoutALink_IsAConflictThatNamesTheRemedy()
    {
        var datastore = await assay.CreateDatastoreId();
        var words = $"Datastore id: {datastore} has no enrichment datastore; link one first (PATCH /api/datastores/{datastore}/enrichment/{{id}})";

        (await Run(Export(datastore))).Expect(409).Detail.ShouldBe(words);
        (await Run(Materialize(datastore))).Expect(409).Detail.ShouldBe(words);
        (await assay.Admin.Post($"/api/export/anomalies?datastore={datastore}")).Expect(409).Detail.ShouldBe(words);
        (await assay.Admin.Post($"/api/export/check-templates?enrich_datastore_id={datastore}")).Expect(409).Detail.ShouldBe($"The datastore id: {datastore} is not an enrichment store");
    }

    [Fact]
    public async Task UnknownThings_AreNamedWhereTheyStood()
    {
        var (datastore, container) = await assay.SeedOrders();
        var (_, elsewhere) = await assay.SeedOrders();
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id);

        (await Run(Export(datastore, new() { ["asset_type"] = null }))).Expect(422).Errors().ShouldBe([("body.asset_type", "Field required", "missing")]);
        (await Run(Export(datastore, new() { ["asset_type"] = "check_templates" }))).Expect(422).Errors().Single().Loc.ShouldBe("body.asset_type");
        (await Run(Export(datastore, new() { ["asset_type"] = "everything" }))).Expect(422).Errors().Single().Loc.ShouldBe("body.asset_type");
        (await Run(Export(datastore, new() { ["container_ids"] = new JsonArray(container, elsewhere) }))).Expect(422).Errors().ShouldBe(
            [("body.container_ids.1", $"The datastore has no container with the id {elsewhere}", "value_error")]);
        (await Run(Export(datastore, new() { ["container_tags"] = new JsonArray("no such tag") }))).Expect(422).Errors().Single().Loc.ShouldBe("body.container_tags.0");
        (await Run(new() { ["type"] = "global_export", ["asset_type"] = "check_templates", ["enrichment_datastore_id"] = target.Id, ["template_ids"] = new JsonArray(999_999_999) }))
            .Expect(422).Errors().Single().Loc.ShouldBe("body.template_ids.0");
        (await Run(new() { ["type"] = "global_export", ["asset_type"] = "checks", ["enrichment_datastore_id"] = target.Id })).Expect(422).Errors().Single().Loc.ShouldBe("body.asset_type");
        (await Run(new() { ["type"] = "materialize", ["datastore_id"] = datastore, ["container_names"] = new JsonArray("nowhere") })).Expect(422).Errors().Single().Loc.ShouldBe("body.container_names.0");
        (await Run(new() { ["type"] = "materialize", ["datastore_id"] = datastore, ["max_records_per_partition"] = -2 })).Expect(422).Errors().Single().Loc.ShouldBe("body.max_records_per_partition");
        (await assay.Admin.Post($"/api/export/checks?datastore={datastore}&containers={elsewhere}")).Expect(422).Errors().Single().Loc.ShouldBe("query.containers.0");
        (await assay.Admin.Post("/api/export/checks")).Expect(422).Errors().Single().ShouldBe(("query.datastore", "Field required", "missing"));
        (await assay.Admin.Post("/api/export/checks?datastore=999999999")).Expect(404).Detail.ShouldBe("Datastore id: 999999999 not found");
        (await Run(Export(999_999_999))).Expect(404).Detail.ShouldBe("Datastore id: 999999999 not found");
    }

    [Fact]
    public async Task Export_ToAStoreThatIsDown_FailsInPlainWords_AndCanBeResumed()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var (datastore, container) = await assay.SeedOrders();
        var check = await assay.CreateCheck(container, "notNull", ["name"]);
        var target = await assay.PostgresTarget(server);
        await assay.LinkEnrichment(datastore, target.Id, "down");
        await server.StopAsync();

        var failed = await assay.RunToEnd(Export(datastore));

        ((string?)failed["result"]).ShouldBe("failure");
        ((string?)failed["message"])!.ShouldNotContain(target.Role.Password);
        ((string?)failed["message"])!.ShouldNotContain("Assay itself failed");
        await server.StartAsync();
        (await assay.Admin.Put($"/api/operations/run/{failed["id"]}")).Expect(200);
        var resumed = await assay.UntilEnded((long)failed["id"]!);
        ((string?)resumed["result"]).ShouldBe("success", resumed.ToJsonString());
        (await target.Query("SELECT id FROM _down_export_checks")).ShouldBe([$"{check.Id}"]);
    }

    [Fact]
    public async Task Export_ToAStoreThatMayNotBeWritten_SaysSo()
    {
        var (datastore, container) = await assay.SeedOrders();
        await assay.CreateCheck(container, "notNull", ["name"]);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id);
        await target.Run($"REVOKE ALL ON SCHEMA public FROM PUBLIC; REVOKE CREATE ON SCHEMA public FROM {target.Role.Name}");

        var failed = await assay.RunToEnd(Export(datastore));

        ((string?)failed["result"]).ShouldBe("failure");
        ((string?)failed["message"])!.ShouldContain("lacks the right for this step");
    }

    [Fact]
    public async Task Unlink_WhileAnExportIsQueuedOrRunning_IsRefused()
    {
        var (datastore, container) = await assay.SeedOrders();
        await assay.CreateCheck(container, "notNull", ["name"]);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "held");
        await assay.RunToEnd(Export(datastore));
        await using var held = new Npgsql.NpgsqlConnection(target.Server.ConnectionStringFor(target.Database));
        await held.OpenAsync();
        await held.Lines("BEGIN; LOCK TABLE _held_export_checks IN ACCESS EXCLUSIVE MODE");

        var running = (await Run(Export(datastore))).Expect(200).Id;
        await assay.Until(running, o => (string?)o["result"] == "running");

        (await assay.Admin.Delete($"/api/datastores/{datastore}/enrichment")).Expect(409).Detail.ShouldBe("Cannot disconnect enrichment datastore: active export or materialize operations exist");
        (await assay.Admin.Put($"/api/operations/abort/{running}")).Expect(200);
        var aborted = await assay.UntilEnded(running, 20);
        ((string?)aborted["result"]).ShouldBe("aborted");
        await held.Lines("ROLLBACK");
        (await target.Query("SELECT count(*) FROM _held_export_checks")).ShouldBe(["1"]);
        (await assay.Admin.Delete($"/api/datastores/{datastore}/enrichment")).Expect(204);
    }
}
