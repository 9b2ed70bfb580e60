using System.Diagnostics;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Onboarding;

public sealed class PatternTests(AssayServer assay)
{
    private const string Base = "/api/connections";

    [Fact]
    public async Task Patterns_OnDiscoveryAndBulk_PickTheSameSchemas()
    {
        var database = await Syncing.CreateDatabase("CREATE SCHEMA sales; CREATE SCHEMA sales_tmp; CREATE SCHEMA presales; CREATE SCHEMA finance");
        var (body, stored) = (await TestSources.PostgresConnection(), (await assay.CreateConnection()).Id);

        (await Discovered(body, $"catalog={database}&system=false")).ShouldBe(["finance", "presales", "public", "sales", "sales_tmp"]);
        (await Discovered(body, $"catalog={database}&include=sales&exclude=_tmp$")).ShouldBe(["presales", "sales"]);
        (await Discovered(body, $"catalog={database}&include=^sales&include=^fin&exclude=^(.*)_tmp$")).ShouldBe(["finance", "sales"]);
        (await Discovered(body, $"catalog={database}&include=^(?!pre).*sales")).ShouldBe(["sales", "sales_tmp"]); // what needs to backtrack may
        (await Discovered(body, $"catalog={database}&system=true")).ShouldBe(["information_schema", "pg_catalog"]);
        (await assay.Admin.Get($"{Base}/{stored}/schemas?catalog={database}&include=^s")).Expect(200).Json.AsArray().Select(s => (string)s!["name"]!).ShouldBe(["sales", "sales_tmp"]);
        (await assay.Admin.Get($"{Base}/{stored}/catalogs?include=^{database}$")).Expect(200).Json.AsArray().Count.ShouldBe(1);

        var bulk = new JsonObject { ["database"] = database, ["include"] = Names(".*"), ["exclude"] = Names("_tmp$", "^public$"), ["dry_run"] = true };
        var planned = await Bulk(stored, bulk);
        var made = await Bulk(stored, bulk.With(new JsonObject { ["dry_run"] = null }));
        var again = await Bulk(stored, bulk.With(new JsonObject { ["dry_run"] = null }));

        planned["planned"]!.AsArray().Select(p => (string)p!["schema"]!).ShouldBe(["finance", "presales", "sales"]);
        made["created"]!.AsArray().Count.ShouldBe(3);
        made.AsObject().ContainsKey("planned").ShouldBeFalse();
        again["created"]!.AsArray().ShouldBeEmpty(); // all are covered by now
        (await Bulk(stored, new JsonObject { ["database"] = database, ["schemas"] = Names("a1", "a2", "b1"), ["include"] = Names("^a"), ["exclude"] = Names("2"), ["dry_run"] = true }))
            ["planned"]!.AsArray().Select(p => (string)p!["schema"]!).ShouldBe(["a1"]);
    }

    [Fact]
    public async Task DryRun_SaysWhatWouldBeMadeAndMakesNothing()
    {
        var (connection, enrichment, team, tag, group) = (UnreachablePostgres(), await assay.CreateEnrichmentStoreId(), People.Unique("team"), People.Unique("tag"), People.Unique("group"));
        var prefix = People.Unique("dry");
        var body = new JsonObject
        {
            ["connection"] = connection,
            ["database"] = "production",
            ["schemas"] = Names("a b", "A-B", "c"),
            ["name_template"] = prefix + "_{{schema}}",
            ["dry_run"] = true,
            ["teams"] = Names(team),
            ["tags"] = Names(tag),
            ["group"] = new JsonObject { ["name"] = group },
            ["enrichment_datastore_id"] = enrichment,
            ["trigger_catalog"] = true,
        };

        (await assay.Admin.Post($"{Base}/datastores/bulk", body.With(new JsonObject { ["enrichment_datastore_id"] = 999_999_999 }))).Expect(404); // refused like the real one

        var plan = (await assay.Admin.Post($"{Base}/datastores/bulk", body)).Expect(200).Json;

        plan["created"]!.AsArray().ShouldBeEmpty();
        plan["errors"]!.AsArray().Select(e => (string)e!["schema_name"]!).ShouldBe(["A-B"]);
        plan["planned"]!.AsArray().Select(p => ((string)p!["schema_name"]!, (string)p["name"]!, (string)p["database"]!)).ShouldBe(
            [("a b", $"{prefix}_a b", "production"), ("c", $"{prefix}_c", "production")]);
        (await assay.Admin.Get($"/api/datastores?search={prefix}")).Expect(200).Json["items"]!.AsArray().ShouldBeEmpty();
        (await assay.Admin.Get($"/api/global-tags/{tag}")).Expect(404);
        (await assay.Admin.Get("/api/teams?size=100")).Expect(200).Text.ShouldNotContain(team);
        (await assay.Admin.Get("/api/datastore-groups")).Expect(200).Text.ShouldNotContain(group);
        (await assay.Admin.Post(Base, connection)).Expect(200); // not stored by the dry run
    }

    [Fact]
    public async Task BadPatterns_Are422AtTheirPlace()
    {
        var stored = (await assay.CreateConnection()).Id;

        (await assay.Admin.Get($"{Base}/{stored}/schemas?include=ok&include=(")).Expect(422).Errors().Single().Loc.ShouldBe("query.include.1");
        (await assay.Admin.Post($"{Base}/catalogs?exclude=[", await TestSources.PostgresConnection())).Expect(422).Errors().Single().Loc.ShouldBe("query.exclude.0");
        var errors = (await assay.Admin.Post($"{Base}/{stored}/datastores/bulk", new JsonObject { ["schemas"] = Names("a"), ["include"] = Names("*"), ["exclude"] = Names("a", "a{2,1}") })).Expect(422).Errors();
        errors.Select(e => e.Loc).ShouldBe(["body.include.0", "body.exclude.1"]);
        errors[0].Type.ShouldBe("pattern_invalid");
        (await assay.Admin.Post($"{Base}/{stored}/datastores/bulk", new JsonObject { ["schemas"] = Names("a"), ["include"] = Names([.. Enumerable.Repeat("a", 51)]) })).Expect(422);
        (await assay.Admin.Post($"{Base}/{stored}/datastores/bulk", new JsonObject { ["schemas"] = Names("a"), ["include"] = Names(new string('a', 1001)) })).Expect(422);
    }

    [Fact]
    public async Task PatternThatNeverEnds_Is422SoonAndMakesNothing()
    {
        var stored = (await assay.CreateConnection()).Id;
        var watch = Stopwatch.StartNew();

        // The look-ahead makes it a backtracking one, and each further letter doubles its work.
        var error = (await assay.Admin.Post($"{Base}/{stored}/datastores/bulk", new JsonObject
        {
            ["schemas"] = Names([.. Enumerable.Range(0, 100).Select(i => new string('a', 60) + i + "!")]),
            ["include"] = Names("(?=x?)^(([a-z0-9])+.)+x$"),
        })).Expect(422).Errors().Single();

        error.Loc.ShouldBe("body.include.0");
        error.Type.ShouldBe("pattern_too_slow");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        (await Bulk(stored, new JsonObject { ["schemas"] = Names(new string('a', 60) + "!"), ["include"] = Names("^(a+)+$"), ["dry_run"] = true }))["planned"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task PatternsWithoutAListOnAFileStore_Are409() =>
        (await assay.Admin.Post($"{Base}/datastores/bulk", new JsonObject { ["connection"] = UnreachableS3(), ["include"] = Names("a") })).Expect(409);

    private async Task<string[]> Discovered(JsonObject connection, string query) =>
        [.. (await assay.Admin.Post($"{Base}/schemas?{query}", connection)).Expect(200).Json.AsArray().Select(n => (string)n!)];

    private async Task<JsonNode> Bulk(long connection, JsonObject body) => (await assay.Admin.Post($"{Base}/{connection}/datastores/bulk", body)).Expect(200).Json;
}
