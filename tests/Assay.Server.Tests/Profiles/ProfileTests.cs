using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing;

namespace Assay.Server.Tests.Profiles;

public sealed class ProfileTests(AssayServer assay)
{
    private const string Shop = """
        CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric(12,2), rate double precision, paid boolean, ordered date, shipped timestamptz, note text, tags text[], "count" int);
        INSERT INTO orders SELECT g, g * 1.25, g / 3.0, g % 4 = 0, date '2024-01-01' + g, timestamptz '2024-01-01 10:00+00' + g * interval '1 hour',
            CASE WHEN g % 2 = 0 THEN NULL ELSE 'note ' || g % 5 END, ARRAY['a', 'b' || g % 3], 2 * g + 1 FROM generate_series(1, 100) g;
        CREATE TABLE nothing (a int, b text);
        CREATE TABLE nulls AS SELECT NULL::int AS n, NULL::text AS t FROM generate_series(1, 5);
        """;

    [Fact]
    public async Task Profile_OfPostgres_KnowsEveryField()
    {
        var (datastore, _) = await assay.SyncedPostgres(Shop);

        var operation = await assay.ProfileWell(datastore);

        var status = operation["status"]!;
        ((long)status["total_containers"]!).ShouldBe(3);
        ((long)status["containers_analyzed"]!).ShouldBe(3);
        ((long)status["records_processed"]!).ShouldBe(105);
        ((long)status["fields_profiled"]!).ShouldBe(13);
        operation["container_profiles"]!.AsArray().Count.ShouldBe(3);
        var orders = await assay.ContainerId(datastore, "orders");
        var fields = await assay.FieldProfiles(orders);
        fields["id"].ShouldSatisfyAllConditions(
            f => ((string?)f["field_type"]).ShouldBe("Integral"),
            f => ((bool?)f["type_declared"]).ShouldBe(true),
            f => ((double?)f["completeness"]).ShouldBe(1),
            f => ((long?)f["approximate_distinct_values"]).ShouldBe(100),
            f => ((double?)f["unique_distinct_ratio"]).ShouldBe(1),
            f => ((long?)f["min"]).ShouldBe(1),
            f => ((long?)f["max"]).ShouldBe(100),
            f => ((long?)f["sum"]).ShouldBe(5050),
            f => ((double?)f["mean"]).ShouldBe(50.5),
            f => ((double?)f["median"]).ShouldBe(50.5),
            f => ((double?)f["q1"]).ShouldBe(25.75),
            f => ((double)f["std_dev"]!).ShouldBe(Math.Sqrt(833.25), 1e-12),
            f => ((double)f["skewness"]!).ShouldBe(0, 1e-12),
            f => ((double)f["kurtosis"]!).ShouldBe(-1.2002400240024003, 1e-9),
            f => ((double)f["entropy"]!).ShouldBe(Math.Log(100), 1e-12),
            f => f["histogram_buckets"]!.AsArray().Count.ShouldBe(100),
            f => f["kll"]!["buckets"]!.AsArray().Sum(b => (long)b!["count"]!).ShouldBe(100),
            f => f["field_correlations"]!.AsArray().Select(c => (string?)c!["correlated_field_profile"]!["name"]).ShouldBe(["amount", "rate", "count"], ignoreOrder: true),
            f => f["regression_models"]!.AsArray().Single(m => (string?)m!["features"]![0]!["field_profile"]!["name"] == "count")!.ShouldSatisfyAllConditions(
                m => ((double)m["features"]![0]!["coefficient"]!).ShouldBe(0.5, 1e-9), m => ((double)m["intercept"]!).ShouldBe(-0.5, 1e-9), m => ((double)m["r2"]!).ShouldBe(1, 1e-12)));
        fields["amount"]["sum"]!.ToJsonString().ShouldBe("6312.50");
        ((double)fields["amount"]["mean"]!).ShouldBe(63.125, 1e-12);
        ((string?)fields["paid"]["field_type"]).ShouldBe("Boolean");
        fields["paid"]["histogram_buckets"]!.AsArray().Select(b => ((string?)b!["value"], (long?)b["count"])).ShouldBe([("false", 75), ("true", 25)]);
        ((string?)fields["ordered"]["min"]).ShouldBe("2024-01-02");
        ((string?)fields["shipped"]["max"]).ShouldBe("2024-01-05T14:00:00.000000Z");
        fields["note"].ShouldSatisfyAllConditions(
            f => ((double?)f["completeness"]).ShouldBe(0.5),
            f => ((long?)f["approximate_distinct_values"]).ShouldBe(5),
            f => ((long?)f["min_length"]).ShouldBe(6),
            f => f["min"].ShouldBeNull(),
            f => f["histogram"]!["labels"]!.AsArray().Count.ShouldBe(5));
        fields["tags"].ShouldSatisfyAllConditions(
            f => ((string?)f["field_type"]).ShouldBe("Array"),
            f => ((long?)f["min_length"]).ShouldBe(2),
            f => ((long?)f["element"]!["approximate_distinct_values"]).ShouldBe(4),
            f => ((long?)f["element"]!["count"]).ShouldBe(200));
        ((long?)fields["count"]["min"]).ShouldBe(3);

        var datastoreMetrics = (await assay.Admin.Get($"/api/datastores/{datastore}")).Expect(200).Json["metrics"]!;
        ((long)datastoreMetrics["records"]!).ShouldBe(105);
        ((long)datastoreMetrics["fields_profiled"]!).ShouldBe(13);
        var shown = (await assay.Admin.Get($"/api/containers/{orders}")).Expect(200).Json["metrics"]!;
        shown["last_profiled"].ShouldNotBeNull();
        ((string?)shown["records_quality"]).ShouldBe("exact");
        var field = (await assay.Admin.Get($"/api/containers/{orders}/fields")).Expect(200).Json["items"]![0]!;
        ((long?)field["latest_profile_id"]).ShouldBe((long?)fields["id"]["id"]);
        var nulls = await assay.FieldProfiles(await assay.ContainerId(datastore, "nulls"));
        ((double?)nulls["n"]["completeness"]).ShouldBe(0);
        nulls["n"]["min"].ShouldBeNull();
        ((double?)(await assay.FieldProfiles(await assay.ContainerId(datastore, "nothing")))["a"]["completeness"]).ShouldBeNull();
    }

    [Fact]
    public async Task Profile_IsShownByEveryRoute()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x'), (2, 'y')");
        await assay.ProfileWell(datastore);
        await assay.ProfileWell(datastore);
        var container = await assay.ContainerId(datastore, "t");

        var profile = (await assay.Admin.Get($"/api/containers/{container}/profile")).Expect(200);
        var all = (await assay.Admin.Get($"/api/container-profiles?container={container}")).Expect(200).Json;
        var latest = (await assay.Admin.Get($"/api/container-profiles?datastore={datastore}&latest_only=true")).Expect(200).Json;

        ((long)all["total"]!).ShouldBe(2);
        latest["items"]!.AsArray().Select(p => (long)p!["id"]!).ShouldBe([profile.Id]);
        var detail = (await assay.Admin.Get($"/api/container-profiles/{profile.Id}")).Expect(200);
        detail.Id.ShouldBe(profile.Id);
        detail.Json["field_profiles"]!.AsArray().Select(f => (string?)f!["name"]).ShouldBe(["a", "b"]);
        ((long)(await assay.Admin.Get($"/api/container-profiles/{profile.Id}/field-profiles?sort_name=desc")).Expect(200).Json["total"]!).ShouldBe(2);
        var b = (await assay.Admin.Get($"/api/container-profiles/{profile.Id}/field-profiles/b")).Expect(200);
        (await assay.Admin.Get($"/api/containers/{container}/field-profiles/b")).Expect(200).Id.ShouldBe(b.Id);
        (await assay.Admin.Get($"/api/containers/{container}/field-profiles/none")).Expect(404);
        (await assay.Admin.Get($"/api/field-profiles/{b.Id}")).Expect(200);
        ((long)(await assay.Admin.Get($"/api/field-profiles?container={container}&type=String&sort_completeness=asc")).Expect(200).Json["total"]!).ShouldBe(2);
        (await assay.Admin.Get($"/api/field-profiles/listing?containers={container}&latest_only=true")).Expect(200).Json.AsArray().Count.ShouldBe(2);
        (await assay.Admin.Get($"/api/fields/{(long)b.Json["field_id"]!}/field-profiles?limit=1")).Expect(200).Json.AsArray().Single()!["id"]!.GetValue<long>().ShouldBe(b.Id);
        var stub = (await assay.Admin.Get($"/api/containers/listing?datastore={datastore}")).Expect(200).Json[0]!;
        ((bool)stub["was_profiled"]!).ShouldBeTrue();
    }

    [Theory]
    [InlineData("in/out")]
    [InlineData("in%2Fout")]
    [InlineData("a b?c=d#e")]
    [InlineData("\u65E5\u672C")]
    public async Task FieldProfile_IsFoundByAnyName(string name)
    {
        var (datastore, _) = await assay.SyncedPostgres($"CREATE TABLE t AS SELECT 1 AS \"{name}\", 2 AS other");
        await assay.ProfileWell(datastore);
        var container = await assay.ContainerId(datastore, "t");
        var profile = (await assay.Admin.Get($"/api/containers/{container}/profile")).Expect(200).Id;

        foreach (var owner in new[] { $"containers/{container}", $"container-profiles/{profile}" })
            ((string?)(await assay.Admin.Get($"/api/{owner}/field-profiles/{Uri.EscapeDataString(name)}")).Expect(200).Json["name"]).ShouldBe(name);
    }

    [Fact]
    public async Task Profile_OfFiles_FindsTheTypesOfText()
    {
        var vega = Path.Combine(Repository.Folder, "npm", "tests", "node_modules", "vega-datasets", "data");
        var datastore = await assay.RegisterFiles(folder =>
        {
            File.Copy(Path.Combine(vega, "flights-3m.parquet"), Path.Combine(folder, "flights.parquet"));
            File.WriteAllText(Path.Combine(folder, "people.csv"), "id,zip,score,joined,active,remark\n1,00501,1.5,2024-01-31,true,x\n2,90210,2,2023-12-01,false,\n3,10001,-3e2,2020-02-29,TRUE,5\n");
        });
        await assay.SyncWell(datastore);

        await assay.ProfileWell(datastore);

        var people = await assay.FieldProfiles(await assay.ContainerId(datastore, "people.csv"));
        people.ToDictionary(f => f.Key, f => (string?)f.Value["field_type"]).ShouldBe(new Dictionary<string, string?>
        {
            ["id"] = "Integral",
            ["zip"] = "String",
            ["score"] = "Fractional",
            ["joined"] = "Date",
            ["active"] = "Boolean",
            ["remark"] = "String",
        }, ignoreOrder: true);
        ((double?)people["score"]["min"]).ShouldBe(-300);
        foreach (var (file, infers) in new[] { ("people.csv", true), ("flights.parquet", false) })
            ((bool?)(await assay.Admin.Get($"/api/containers/{await assay.ContainerId(datastore, file)}")).Expect(200).Json["infer_datatypes"]).ShouldBe(infers, file);
        ((string?)people["joined"]["max"]).ShouldBe("2024-01-31");
        var flights = await assay.FieldProfiles(await assay.ContainerId(datastore, "flights.parquet"));
        flights["delay"].ShouldSatisfyAllConditions(
            f => ((long?)f["min"]).ShouldBe(-1116),
            f => ((long?)f["max"]).ShouldBe(1688),
            f => ((long?)f["sum"]).ShouldBe(20003603),
            f => ((long?)f["approximate_distinct_values"]).ShouldBe(867));
        ((long?)flights["origin"]["approximate_distinct_values"]).ShouldBe(229);
    }

    [Fact]
    public async Task Profile_OfATableThatIsGone_CostsNoOther()
    {
        var (datastore, database) = await assay.SyncedPostgres("CREATE TABLE gone (n int); CREATE TABLE there (n int); INSERT INTO there VALUES (1)");
        await Syncing.RunSql(database, "DROP TABLE gone");

        var operation = await assay.Profile(datastore);

        ((string?)operation["result"]).ShouldBe("success");
        ((string?)operation["message"])!.ShouldContain("gone");
        ((long)operation["status"]!["containers_analyzed"]!).ShouldBe(1);
        var results = operation["container_profiles"]!.AsArray().ToDictionary(p => (string)p!["container"]!["name"]!, p => (string?)p!["result"]);
        results.ShouldBe(new Dictionary<string, string?> { ["gone"] = "failure", ["there"] = "success" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Scan_OfAColumnThatIsGone_SaysWhatFindsOut()
    {
        var (datastore, database) = await assay.SyncedPostgres("CREATE TABLE changed AS SELECT 1 AS a, 2 AS b");
        (await assay.CreateCheck(await assay.ContainerId(datastore, "changed"), "notNull", ["a"])).Expect(200);
        await Syncing.RunSql(database, "ALTER TABLE changed DROP COLUMN b");

        var scan = await assay.ScanToEnd(datastore);

        ((string?)scan["result"]).ShouldBe("failure");
        ((string?)scan["message"])!.ShouldContain("A sync or a profile finds out");
        await assay.ProfileWell(datastore);
        await assay.Scan(datastore);
        (await assay.FieldProfiles(await assay.ContainerId(datastore, "changed"))).Keys.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Profile_OfAnUnknownDatastore_IsNotFoundWhateverElseIsAsked() =>
        (await assay.StartProfile(long.MaxValue, new JsonObject { ["container_names"] = new JsonArray("t") })).Expect(404);

    [Theory]
    [InlineData("ai_effort", "\"huge\"")]
    [InlineData("inference_threshold", "6")]
    [InlineData("max_records_analyzed_per_partition", "-2")]
    [InlineData("max_records_analyzed_per_partition", "1000000001")]
    [InlineData("max_count_testing_sample", "100001")]
    [InlineData("percent_testing_threshold", "1.5")]
    [InlineData("high_correlation_threshold", "-0.1")]
    [InlineData("histogram_max_distinct_values", "-1")]
    [InlineData("greater_than_time", "\"yesterday\"")]
    [InlineData("greater_than_batch", "\"many\"")]
    [InlineData("container_names.0", "[\"no such table\"]")]
    [InlineData("container_tags.0", "[\"no such tag\"]")]
    public async Task Profile_WithAWrongParameter_NamesIt(string member, string value)
    {
        var connection = await assay.SeedConnection();
        var datastore = await assay.SeedDatastore(connection, []);

        var answer = await assay.StartProfile(datastore, new JsonObject { [member.Split('.')[0]] = JsonNode.Parse(value) });

        answer.Expect(422).Errors().ShouldContain(e => e.Loc == $"body.{member}");
    }

    [Fact]
    public async Task Profile_EchoesItsSettings()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE one (n int); CREATE TABLE two (n int)");

        var operation = await assay.Profile(datastore, new JsonObject
        {
            ["container_names"] = new JsonArray("two"),
            ["inference_threshold"] = 4,
            ["histogram_max_distinct_values"] = 7,
            ["greater_than_time"] = null,
            ["name"] = "ignored",
        });

        ((string?)operation["ai_effort"]).ShouldBe("xhigh");
        ((long)operation["histogram_max_distinct_values"]!).ShouldBe(7);
        ((long)operation["max_records_analyzed_per_partition"]!).ShouldBe(-1);
        operation["containers"]!.AsArray().Select(c => (string?)c!["name"]).ShouldBe(["two"]);
        ((long)operation["status"]!["total_containers"]!).ShouldBe(1);
    }
}
