using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assay.Server.Tests.Harness;
using Assay.Testing;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Onboarding;

/// <summary>The API document's automation script, as it stands there but for host and token, and its two end-to-end guides, on a real PostgreSQL.</summary>
public sealed partial class DocumentTests(DocumentServer document) : IClassFixture<DocumentServer>
{
    private readonly AssayServer assay = document.Assay;

    [Fact]
    public async Task AutomationScript_OnboardsEverySchemaOnceAndSyncsIt()
    {
        var first = await RunScript();
        var second = await RunScript();

        first.ShouldContain("Proceeding with 7 valid schemas."); // with the two of the system, as the document has it
        first.ShouldNotContain("Warning");
        first.ShouldNotContain("Errors");
        second.ShouldContain("Found 0 new schemas: []");
        second.ShouldContain("No new schemas to onboard.");
        var created = Created().Match(first).Groups[1].Value.Split(", ").Select(long.Parse).ToArray();
        created.Length.ShouldBe(7);
        foreach (var id in created) await ShouldBeSynced(id);
        var stores = (await assay.Admin.Get($"/api/datastores?{string.Join('&', created.Select(id => $"id={id}"))}&sort_name=asc")).Expect(200).Json["items"]!.AsArray();
        stores.Select(s => (string)s!["name"]!).ShouldBe(["prod_finance", "prod_hr", "prod_information_schema", "prod_marketing", "prod_pg_catalog", "prod_public", "prod_sales"]);
        var sales = (await assay.Admin.Get($"/api/datastores/{stores[^1]!["id"]}")).Expect(200).Json;
        ((string)sales["enrichment_prefix"]!).ShouldBe("_prod_sales");
        ((long)sales["enrich_datastore"]!["id"]!).ShouldBe(DocumentServer.EnrichmentStore);
        sales["teams"]!.AsArray().Select(t => (string)t!["name"]!).ShouldBe(["Data Platform"]);
        (await assay.Admin.Get($"/api/containers?datastore={sales["id"]}")).Expect(200).Json["items"]!.AsArray().Select(c => (string)c!["name"]!).ShouldBe(["orders"]);
    }

    [Fact]
    public async Task Guide_NewConnection_OnboardsAllSchemasInFourCalls()
    {
        var connection = (await TestSources.PostgresConnection()).With(new JsonObject { ["name"] = "snowflake_prod" });
        string[] wanted = ["public", "sales", "finance", "hr", "marketing"];

        Strings(await assay.Admin.Post("/api/connections/catalogs", connection)).ShouldContain("production_db");
        wanted.ShouldBeSubsetOf(Strings(await assay.Admin.Post("/api/connections/schemas?catalog=production_db", connection)));
        var verdicts = (await assay.Admin.Post("/api/connections/datastores/validate",
            new JsonObject { ["connection"] = connection.DeepClone(), ["database"] = "production_db", ["schemas"] = Names(wanted) })).Expect(200).Json["results"]!.AsArray();
        verdicts.Select(v => v!.ToJsonString()).ShouldBe(wanted.Select(s => $$"""{"schema_name":"{{s}}","status":"success"}"""));
        var result = (await assay.Admin.Post("/api/connections/datastores/bulk", new JsonObject
        {
            ["connection"] = connection,
            ["database"] = "production_db",
            ["schemas"] = Names(wanted),
            ["name_template"] = "prod_snowflake_{{ schema }}",
            ["teams"] = Names("Data Platform"),
            ["trigger_catalog"] = true,
            ["enrichment_datastore_id"] = 42,
            ["enrichment_source_record_limit"] = 100,
            ["enrichment_remediation_strategy"] = "append",
            ["tags"] = Names("production", "snowflake"),
        })).Expect(200).Json;

        result.AsObject().Select(m => m.Key).ShouldBe(["created", "errors"]);
        result["errors"]!.AsArray().ShouldBeEmpty();
        result["created"]!.AsArray().Count.ShouldBe(5);
        foreach (var id in result["created"]!.AsArray()) await ShouldBeSynced((long)id!);
    }

    [Fact]
    public async Task Guide_ExistingConnection_OnboardsSchemasAndLinksEnrichment()
    {
        var schemas = (await assay.Admin.Get("/api/connections/7/schemas?catalog=analytics_db")).Expect(200).Json.AsArray();
        string[] wanted = ["raw", "staging", "curated"];
        wanted.ShouldBeSubsetOf(schemas.Where(s => s!["existing_datastores"]!.AsArray().Count == 0).Select(s => (string)s!["name"]!));

        var created = (await assay.Admin.Post("/api/connections/7/datastores/bulk", new JsonObject
        {
            ["database"] = "analytics_db",
            ["schemas"] = Names(wanted),
            ["name_template"] = "analytics_{{ schema }}",
            ["teams"] = Names("Analytics"),
            ["trigger_catalog"] = true,
        })).Expect(200).Json["created"]!.AsArray();

        created.Count.ShouldBe(3);
        foreach (var id in created)
        {
            var linked = (await assay.Admin.Patch($"/api/datastores/{id}/enrichment/42")).Expect(200).Json;
            ((long)linked["enrich_datastore"]!["id"]!).ShouldBe(42);
            await ShouldBeSynced((long)id!);
        }
        (await assay.Admin.Get("/api/connections/7/schemas?catalog=analytics_db")).Expect(200).Json.AsArray()
            .Single(s => (string)s!["name"]! == "raw")!["existing_datastores"]!.ToJsonString().ShouldBe($$"""[{"id":{{created[0]}},"name":"analytics_raw"}]""");
    }

    private async Task<string> RunScript()
    {
        var script = (await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "tests", "Assay.Server.Tests", "Onboarding", "automation.py")))
            .Replace("https://your-instance.qualytics.io/api", $"{assay.Url}api").Replace("YOUR_TOKEN", assay.Admin.Http.DefaultRequestHeaders.Authorization!.Parameter);
        // Debian's own interpreter, which has Debian's packages; `./test` installs python3-requests.
        var start = new ProcessStartInfo(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", ["-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_PROXY"] = "*";
        using var python = Process.Start(start)!;
        await python.StandardInput.WriteAsync(script);
        python.StandardInput.Close();
        var (output, errors) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(AssayProcess.Patience);
        await python.WaitForExitAsync(limit.Token);
        python.ExitCode.ShouldBe(0, $"{await output}\n{await errors}");
        return await output;
    }

    private async Task ShouldBeSynced(long datastore)
    {
        var operation = (long)(await assay.Admin.Get($"/api/datastores/{datastore}/operations")).Expect(200).Json["catalog_operation"]!["id"]!;
        var ended = await assay.UntilEnded(operation, 120);
        ((string)ended["result"]!).ShouldBe("success", ended.ToJsonString());
    }

    private static IReadOnlyList<string> Strings(Answer answer) => [.. answer.Expect(200).Json.AsArray().Select(n => (string)n!)];

    [GeneratedRegex(@"Created \d+ datastores: \[([\d, ]+)\]")]
    private static partial Regex Created();
}
