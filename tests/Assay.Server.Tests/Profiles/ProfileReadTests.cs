using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Profiles;

public sealed class ProfileReadTests(AssayServer assay)
{
    [Fact]
    public async Task Profile_ReadsEveryRowOnce()
    {
        var (datastore, database) = await assay.SyncedPostgres("CREATE TABLE once AS SELECT g AS a, g % 10 AS b, 'text ' || g AS c, g / 7.0 AS d FROM generate_series(1, 4000) g");

        await assay.ProfileWell(datastore);

        // The server adds up a session's figures some time after its end. The sync looked at a single row, to see whether it may.
        (await Eventually(database, "once", 4000)).ShouldBeInRange(4000, 4010);
    }

    [Fact]
    public async Task Profile_OfGroupsAndComputedFields_LetsEveryByteTravelOnce()
    {
        // Values that no compression of the line could shrink.
        var database = await Syncing.CreateDatabase("CREATE TABLE heavy AS SELECT g AS id, g % 3 AS part, md5(g::text) || md5((-g)::text) AS noise FROM generate_series(1, 20000) g");
        var server = await Assay.Testing.Postgres.PostgresServer.SharedAsync();
        using var line = Assay.Testing.Network.CountingRelay.To(server.Port);
        var datastore = await assay.RegisterPostgres(database, connection: new JsonObject { ["host"] = "127.0.0.1", ["port"] = line.Port });
        await assay.SyncWell(datastore);
        var container = await assay.ContainerId(datastore, "heavy");
        (await assay.Admin.Put($"/api/containers/{container}", new JsonObject { ["container_type"] = "table", ["group_by_fields"] = new JsonArray(new JsonArray("part")) })).Expect(200);
        (await assay.Admin.Post("/api/computed-fields", new JsonObject
        {
            ["container_id"] = container,
            ["name"] = "short",
            ["transformation"] = "customExpression",
            ["properties"] = new JsonObject { ["column_expression"] = "substring(noise, 1, 2)" },
        })).Expect(200);
        var bytes = await Syncing.Scalar(database, "SELECT sum(length(id::text) + length(part::text) + length(noise) + 3)::bigint FROM heavy");
        var before = line.Received;

        await assay.ProfileWell(datastore);

        // The rows as COPY prints them, and what sessions, encryption and framing add to them.
        (line.Received - before).ShouldBeInRange(bytes, bytes + bytes / 2);
    }

    [Fact]
    public async Task Profile_OfOddValues_IsRightOrReported()
    {
        var (datastore, _) = await assay.SyncedPostgres("""
            CREATE TABLE odd ("count" int, far date, moment timestamptz, exact numeric(38,10), loose numeric, f double precision, everything numeric, digits numeric);
            INSERT INTO odd VALUES
                (1, '1492-10-12', '1066-10-14 09:00+00', 1234567890123456789012345678.0123456789, 'NaN', 'Infinity', 1e60, 12345678901234567890123456789012345678),
                (2, 'infinity', '2500-01-01 00:00+00', 1, 2.5, 'NaN', 2, 12345678901234567890123456789012345679),
                (NULL, '0044-03-15 BC', '0044-03-15 12:00+00 BC', NULL, 1.5, 7, NULL, 'NaN');
            CREATE TABLE endless (n numeric);
            INSERT INTO endless VALUES ('Infinity'), (1e80);
            """);

        var operation = await assay.Profile(datastore);

        ((string?)operation["result"]).ShouldBe("success");
        var fields = await assay.FieldProfiles(await assay.ContainerId(datastore, "odd"));
        ((string?)fields["far"]["min"]).ShouldBe("-0043-03-15");
        ((string?)fields["far"]["max"]).ShouldBe("1492-10-12");
        ((long?)fields["far"]["not_finite"]).ShouldBe(1);
        ((string?)fields["moment"]["min"]).ShouldBe("-0043-03-15T12:00:00Z");
        ((string?)fields["moment"]["histogram_buckets"]![0]!["value"]).ShouldBe("-0043-03-15T12:00:00Z");
        ((long?)fields["moment"]["not_finite"]).ShouldBe(0);
        ((string?)fields["moment"]["max"]).ShouldBe("2500-01-01T00:00:00Z");
        fields["exact"]["sum"]!.ToJsonString().ShouldBe("1234567890123456789012345679.0123456789");
        ((long?)fields["loose"]["not_finite"]).ShouldBe(1);
        ((double?)fields["loose"]["mean"]).ShouldBe(2);
        ((long?)fields["digits"]["not_finite"], (long?)fields["digits"]["approximate_distinct_values"]).ShouldBe((1, 3));
        fields["digits"]["min"]!.ToJsonString().ShouldBe("12345678901234567890123456789012345678");
        fields["digits"]["max"]!.ToJsonString().ShouldBe("12345678901234567890123456789012345679");
        var endless = (await assay.FieldProfiles(await assay.ContainerId(datastore, "endless")))["n"];
        ((string?)endless["message"]).ShouldStartWith("It holds numbers that no decimal has room for");
        ((string)operation["message"]!).ShouldContain("endless: ");
        ((string)operation["message"]!).ShouldNotContain("odd: ");
        ((long?)fields["f"]["not_finite"]).ShouldBe(2);
        ((double?)fields["f"]["completeness"]).ShouldBe(1);
        ((double)fields["everything"]["max"]!).ShouldBe(1e60, 1e45);
        ((double)fields["count"]["completeness"]!).ShouldBe(2 / 3.0, 1e-12);
    }

    [Theory]
    [InlineData("SQL_ASCII", 2)]
    [InlineData("LATIN1", 1)]
    public async Task Profile_OfADatabaseInAnotherEncoding_ReadsWhatIsText(string encoding, int distinct)
    {
        var database = $"latin_{encoding.ToLowerInvariant()}";
        await Syncing.RunSql("postgres", $"CREATE DATABASE {database} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'");
        // The same word as LATIN1 has it and as UTF-8 does; the server takes the bytes as they are where it knows no encoding.
        await Syncing.RunSql(database, encoding == "LATIN1"
            ? "CREATE TABLE t AS SELECT g AS n, 'caf\u00e9'::text AS word FROM generate_series(1, 4) g"
            : """CREATE TABLE t AS SELECT g AS n, CASE WHEN g % 2 = 0 THEN E'caf\xe9' ELSE E'caf\xc3\xa9' END AS word FROM generate_series(1, 4) g""");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);

        await assay.ProfileWell(datastore);

        var fields = await assay.FieldProfiles(await assay.ContainerId(datastore, "t"));
        ((long?)fields["n"]["sum"]).ShouldBe(10);
        ((long?)fields["word"]["approximate_distinct_values"]).ShouldBe(distinct);
        ((double?)fields["word"]["completeness"]).ShouldBe(1);
        fields["word"]["histogram_buckets"]!.AsArray().Select(b => (string?)b!["value"]).ShouldContain("caf\u00e9");
    }

    [Fact]
    public async Task Profile_OfFieldsThatAreCalledAsStatementsCallTheirs_IsWhole()
    {
        var (datastore, _) = await assay.SyncedPostgres("""
            CREATE TABLE names AS SELECT g % 3 AS n, 'v' || g % 4 AS shown, g % 2 AS i, g % 5 AS k, 'w' || g % 3 AS v, g AS "count", g * 2 AS assay_rows, g % 2 = 0 AS item, g / 7.0 AS f0 FROM generate_series(1, 400) g
            """);

        await assay.ProfileWell(datastore, new() { ["ai_effort"] = "max" });

        var container = await assay.ContainerId(datastore, "names");
        (await assay.FieldProfiles(container)).Count.ShouldBe(9);
        (await assay.Admin.Get($"/api/quality-checks?container={container}&rule_type=expectedValues&field=n&field=shown&field=v")).Expect(200).Json["items"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Profile_WithALimit_SamplesTheWholeTable()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE much AS SELECT g AS n FROM generate_series(1, 20000) g; ANALYZE much");
        await assay.SyncWell(datastore);

        await assay.ProfileWell(datastore, new JsonObject { ["max_records_analyzed_per_partition"] = 500 });

        var container = await assay.ContainerId(datastore, "much");
        var profile = (await assay.Admin.Get($"/api/containers/{container}/profile")).Expect(200).Json;
        ((long)profile["records_count"]!).ShouldBe(20_000);
        ((long)profile["records_processed"]!).ShouldBeInRange(350, 500);
        var n = (await assay.FieldProfiles(container))["n"];
        ((long)n["max"]!).ShouldBeGreaterThan(15_000);
        ((double)n["median"]!).ShouldBe(10_000, 4_000);
    }

    [Fact]
    public async Task Profile_WithALimit_OfAQueryOfUnknownLength_HasTheSourceCountAndLeaveRowsOut()
    {
        var (datastore, source) = await assay.SyncedPostgres("CREATE TABLE much AS SELECT g AS n FROM generate_series(1, 20000) g");

        // A computed container is profiled on 1,000 rows once it is made.
        var container = (await assay.Admin.Post("/api/containers", new JsonObject { ["container_type"] = "computed_table", ["name"] = "twice", ["datastore_id"] = datastore, ["query"] = "SELECT n, n * 2 AS twice FROM much" })).Expect(200).Id;
        var run = (await assay.Admin.Get($"/api/operations?datastore={datastore}&operation_type=profile&sort_created=desc&size=1")).Expect(200).Json["items"]![0]!;
        await assay.UntilEnded((long)run["id"]!);

        var profile = (await assay.Admin.Get($"/api/containers/{container}/profile")).Expect(200).Json;
        ((long)profile["records_count"]!).ShouldBe(20_000);
        ((long)profile["records_processed"]!).ShouldBeInRange(850, 1_000);
        ((long)(await assay.FieldProfiles(container))["n"]["max"]!).ShouldBeGreaterThan(18_000);
        ((long)(await assay.Admin.Get($"/api/containers/{container}")).Expect(200).Json["metrics"]!["records"]!).ShouldBe(20_000);
    }

    [Fact]
    public async Task Profile_WithALimit_OfATableThatHasShrunk_IsNotOfAHandfulOfRows()
    {
        var (datastore, source) = await assay.SyncedPostgres("CREATE TABLE much AS SELECT g AS n FROM generate_series(1, 200000) g; ANALYZE much");
        await assay.SyncWell(datastore);
        await (await Assay.Testing.Postgres.PostgresServer.SharedAsync()).RunSqlAsync(source, "DELETE FROM much WHERE n > 2000");

        await assay.ProfileWell(datastore, new JsonObject { ["max_records_analyzed_per_partition"] = 500 });

        var profile = (await assay.Admin.Get($"/api/containers/{await assay.ContainerId(datastore, "much")}/profile")).Expect(200).Json;
        ((long)profile["records_count"]!).ShouldBe(2_000);
        ((long)profile["records_processed"]!).ShouldBeInRange(400, 500);
    }

    [Fact]
    public async Task Profile_OfAView_TellsHowManyRowsThereAre_AndASyncForgetsItNot()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE VIEW many AS SELECT g AS n FROM generate_series(1, 3000) g");
        var container = await assay.ContainerId(datastore, "many");
        (await Metrics()).ShouldBe("""{"fields":1,"records":null,"records_quality":"unknown"}""");

        await assay.ProfileWell(datastore, new JsonObject { ["max_records_analyzed_per_partition"] = 100 });
        (await Metrics()).ShouldBe("""{"fields":1,"records":3000,"records_quality":"exact"}""");
        await assay.SyncWell(datastore);

        // Nobody vouches for the number any more, but none is better.
        (await Metrics()).ShouldBe("""{"fields":1,"records":3000,"records_quality":"unknown"}""");
        ((long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Expect(200).Json["metrics"]!["records"]!).ShouldBe(3000);

        async Task<string> Metrics()
        {
            var metrics = (await assay.Admin.Get($"/api/containers/{container}")).Expect(200).Json["metrics"]!.AsObject();
            return new JsonObject([.. new[] { "fields", "records", "records_quality" }.Select(name => KeyValuePair.Create(name, metrics[name]?.DeepClone()))]).ToJsonString();
        }
    }

    [Fact]
    public async Task Profile_GreaterThan_ReadsOnlyWhatCameAfter()
    {
        var (datastore, _) = await assay.SyncedPostgres("""
            CREATE TABLE changes AS SELECT g AS n, timestamptz '2024-01-01 00:00+00' + g * interval '1 day' AS updated_at FROM generate_series(1, 10) g;
            CREATE TABLE batches (id bigint PRIMARY KEY); INSERT INTO batches SELECT generate_series(1, 10);
            CREATE TABLE plain AS SELECT 'a' AS t;
            """);

        var operation = await assay.ProfileWell(datastore, new JsonObject { ["greater_than_time"] = "2024-01-07T00:00:00.000Z", ["greater_than_batch"] = 8 });

        var rows = operation["container_profiles"]!.AsArray().ToDictionary(p => (string)p!["container"]!["name"]!, p => (long)p!["records_processed"]!);
        rows.ShouldBe(new Dictionary<string, long> { ["changes"] = 4, ["batches"] = 2, ["plain"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task MaskedAndExcludedFields_ShowNothing()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE people AS SELECT 'hush' || g % 3 AS secret, 4711 + g AS pin, g AS open, 'left out' AS gone FROM generate_series(1, 9) g");
        var container = await assay.ContainerId(datastore, "people");
        var fields = (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => (long)f!["id"]!);
        await assay.ProfileWell(datastore);
        (await assay.Admin.Put($"/api/fields/{fields["secret"]}", new JsonObject { ["status"] = "masked" })).Expect(200);
        (await assay.Admin.Put($"/api/fields/{fields["pin"]}", new JsonObject { ["status"] = "masked" })).Expect(200);
        (await assay.Admin.Put($"/api/fields/{fields["gone"]}", new JsonObject { ["status"] = "excluded" })).Expect(200);

        // What an earlier profile found is hidden too.
        (await assay.Admin.Get($"/api/containers/{container}/field-profiles")).Expect(200).Text.ShouldNotContain("hush");
        await assay.ProfileWell(datastore);

        var shown = (await assay.Admin.Get($"/api/containers/{container}/field-profiles")).Expect(200);
        shown.Text.ShouldNotContain("hush");
        shown.Text.ShouldNotContain("4712");
        var found = await assay.FieldProfiles(container);
        found.Keys.ShouldBe(["secret", "pin", "open"], ignoreOrder: true);
        ((long?)found["secret"]["approximate_distinct_values"]).ShouldBe(3);
        // What it has to do with a masked field would tell that one's values.
        found["open"]["field_correlations"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Resume_DoesNotReadFinishedContainersAgain()
    {
        var (datastore, database) = await assay.SyncedPostgres("CREATE TABLE lost (n int); INSERT INTO lost VALUES (1)");
        await Syncing.RunSql(database, "ALTER TABLE lost RENAME TO hidden");
        var failed = await assay.Profile(datastore);
        ((string?)failed["result"]).ShouldBe("failure");
        await Syncing.RunSql(database, "ALTER TABLE hidden RENAME TO lost");
        var id = (long)failed["id"]!;
        await Syncing.RunSql(database, "ALTER TABLE lost RENAME TO hidden");
        (await assay.Admin.Put($"/api/operations/run/{id}")).Expect(200);
        var still = await assay.UntilEnded(id);
        // One result for each container, however often it was tried.
        still["container_profiles"]!.AsArray().Select(p => (string?)p!["result"]).ShouldBe(["failure"]);
        (await assay.Admin.Get($"/api/operations/{id}/containers")).Expect(200).Json["items"]!.AsArray().Single()!["container_profile"]!["result"]!.GetValue<string>().ShouldBe("failure");
        await Syncing.RunSql(database, "ALTER TABLE hidden RENAME TO lost");

        (await assay.Admin.Put($"/api/operations/run/{id}")).Expect(200).Id.ShouldBe(id);
        var resumed = await assay.UntilEnded(id);

        ((string?)resumed["result"]).ShouldBe("success", resumed.ToJsonString());
        ((long)resumed["status"]!["containers_analyzed"]!).ShouldBe(1);
        resumed["container_profiles"]!.AsArray().Select(p => (string?)p!["result"]).ShouldBe(["success"]);
        (await assay.Admin.Put($"/api/operations/run/{id}")).Expect(409);
        var again = (await assay.Admin.Put($"/api/operations/rerun/{id}")).Expect(200);
        again.Id.ShouldNotBe(id);
        ((string?)(await assay.UntilEnded(again.Id))["result"]).ShouldBe("success");
    }

    [Fact]
    public async Task Abort_ReachesTheSource()
    {
        var (datastore, database) = await assay.SyncedPostgres("CREATE VIEW slow AS SELECT pg_sleep(0.05)::text AS t, g AS n FROM generate_series(1, 100000) g");
        var operation = (await assay.StartProfile(datastore)).Expect(200).Id;
        for (var i = 0; i < 600 && await Reading(database) == 0; i++) await Task.Delay(50);

        (await assay.Admin.Put($"/api/operations/abort/{operation}")).Expect(200);

        var ended = await assay.UntilEnded(operation);
        ((string?)ended["result"]).ShouldBe("aborted");
        ended["container_profiles"]!.AsArray().Select(p => (string?)p!["result"]).ShouldBe(["aborted"]);
        for (var i = 0; i < 600 && await Reading(database) > 0; i++) await Task.Delay(50);
        (await Reading(database)).ShouldBe(0);
    }

    [Fact]
    public async Task Measurement_IsTakenOncePerDay()
    {
        var (datastore, database) = await assay.SyncedPostgres("CREATE TABLE growing AS SELECT g AS n FROM generate_series(1, 3) g");
        await assay.ProfileWell(datastore);
        await Syncing.RunSql(database, "INSERT INTO growing VALUES (4)");
        await assay.ProfileWell(datastore);
        var container = await assay.ContainerId(datastore, "growing");

        var measured = (await assay.Admin.Get($"/api/containers/{container}/measurements")).Expect(200).Json["items"]!.AsArray();

        // Two where midnight lay between the profiles.
        measured.Count.ShouldBeInRange(1, 2);
        ((long)measured[0]!["row_count"]!).ShouldBe(4);
        var shown = (await assay.Admin.Get($"/api/containers/{container}")).Expect(200).Json;
        ((long)shown["latest_observability_measurement"]!["row_count"]!).ShouldBe(4);
        ((string?)shown["partition_field"]).ShouldBe("n");
    }

    private static Task<long> Reading(string database) =>
        Syncing.Scalar(database, $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND state = 'active' AND query LIKE 'COPY%'");

    private static async Task<long> Eventually(string database, string table, long rows)
    {
        for (var i = 0; ; i++)
        {
            var read = await Syncing.Scalar(database, $"SELECT coalesce(sum(seq_tup_read), 0)::bigint FROM pg_stat_user_tables WHERE relname = '{table}'");
            if (read >= rows || i == 600) return read;
            await Task.Delay(50);
        }
    }
}
