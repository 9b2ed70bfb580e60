using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Exports;

/// <summary>Copies of containers in a PostgreSQL store, read back with a plain client.</summary>
public sealed class MaterializeTests(AssayServer assay)
{
    private static JsonObject Materialize(long datastore, JsonObject? with = null) => new JsonObject { ["type"] = "materialize", ["datastore_id"] = datastore }.With(with ?? []);

    [Fact]
    public async Task Copy_KeepsTypesAndEveryValue()
    {
        var (datastore, _) = await assay.SyncedPostgres("""
            CREATE TABLE orders (id bigint PRIMARY KEY, price numeric(12,2), wide numeric, ratio double precision, paid boolean, day date, at timestamptz, note text, tags text[], extra jsonb, u uuid);
            INSERT INTO orders VALUES
                (1, 9.90, 12345678901234567890.123456789, 0.1, true, '2026-01-05', '2026-01-05 10:11:12.123456+00', E'a\tb\\N\nnext', '{a,b}', '{"k": [1, null]}', '00000000-0000-0000-0000-000000000001'),
                (9223372036854775807, -0.01, -1, 'NaN', false, '1900-01-01', '1970-01-01 00:00:00+00', '', '{}', NULL, NULL),
                (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
            """);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "p");

        var operation = await assay.RunWell(Materialize(datastore));

        var status = operation["status"]!;
        ((long)status["total_containers"]!, (long)status["containers_analyzed"]!, (long)status["records_processed"]!).ShouldBe((1, 1, 3));
        ((long?)operation["max_records_per_partition"], (bool?)operation["include_masked"]).ShouldBe((-1L, false));
        var copy = operation["container_copies"]!.AsArray().Single()!;
        ((string?)copy["table"], (string?)copy["result"], (long?)copy["records_processed"], (string?)copy["container"]!["name"]).ShouldBe(("_p_mat_orders", "success", 3L, "orders"));
        (await target.Query("SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_name = '_p_mat_orders' AND column_name IN ('id', 'price', 'ratio', 'paid', 'day', 'at', 'note') ORDER BY 1")).ShouldBe(
            ["at timestamp with time zone", "day date", "id bigint", "note text", "paid boolean", "price numeric", "ratio double precision"]);
        (await target.Query("SELECT id, price, wide::text, ratio::text, paid, day::text, to_char(at, 'YYYY-MM-DD HH24:MI:SS.US'), note, u FROM _p_mat_orders ORDER BY id")).ShouldBe(
        [
            "1|9.90|12345678901234567890.123456789|0.1|true|2026-01-05|2026-01-05 10:11:12.123456|a\tb\\N\nnext|00000000-0000-0000-0000-000000000001",
            "3|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL",
            "9223372036854775807|-0.01|-1.000000000|NaN|false|1900-01-01|1970-01-01 00:00:00.000000||NULL",
        ], ignoreOrder: false);
        (await target.Query("SELECT tags::jsonb ->> 0, extra::jsonb -> 'k' ->> 0 FROM _p_mat_orders WHERE id = 1")).ShouldBe(["a|1"]);
        (await assay.Admin.Get($"/api/operations/{operation["id"]}/containers")).Expect(200).Json["items"]!.AsArray().Select(c => (string)c!["name"]!).ShouldBe(["orders"]);
    }

    [Fact]
    public async Task Copy_OfContainersWithHostileNames_IsNamedByTheirIds()
    {
        var (datastore, _) = await assay.SyncedPostgres("""
            CREATE TABLE "Robert'); DROP TABLE x;--" ("sel""ect" int, "spa ce" text); INSERT INTO "Robert'); DROP TABLE x;--" VALUES (1, 'one');
            CREATE TABLE case_ (a int); INSERT INTO case_ VALUES (1);
            CREATE TABLE "Case_" (a int); INSERT INTO "Case_" VALUES (2);
            CREATE TABLE a23456789_123456789_123456789_123456789_123456789_123456 (a int)
            """);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "h");

        var operation = await assay.RunWell(Materialize(datastore));

        var tables = operation["container_copies"]!.AsArray().ToDictionary(c => (string)c!["container"]!["name"]!, c => (string)c!["table"]!);
        foreach (var (name, table) in tables) table.ShouldBe($"_h_materialize_{await assay.ContainerId(datastore, name)}");
        tables.Count.ShouldBe(4);
        (await target.Query($"""SELECT "sel""ect", "spa ce" FROM {tables["Robert'); DROP TABLE x;--"]}""")).ShouldBe(["1|one"]);
        (await target.Query($"SELECT a FROM {tables["Case_"]}")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Copy_HidesMaskedFields_UnlessTheyAreAskedFor_WhichIsWrittenDown()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE people (id int, email text, salary int); INSERT INTO people VALUES (1, 'a@example.com', 1000), (2, NULL, 2000)");
        await assay.ProfileWell(datastore);
        var people = await assay.ContainerId(datastore, "people");
        foreach (var field in new[] { "email", "salary" })
            (await assay.Admin.Patch("/api/fields", new JsonArray(new JsonObject { ["id"] = (await assay.FieldProfiles(people))[field]["field_id"]!.DeepClone(), ["status"] = "masked" }))).Expect(200);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "m");

        await assay.RunWell(Materialize(datastore));
        (await target.Query("SELECT * FROM _m_mat_people ORDER BY id")).ShouldBe(["1|***MASKED***|***MASKED***", "2|***MASKED***|***MASKED***"]);
        (await Log()).ShouldBeEmpty();

        var team = await assay.CreateTeam("Editor", datastore);
        var editor = await assay.CreateUser("Member", team);
        var shown = (await editor.Api.Post("/api/operations/run", Materialize(datastore, new() { ["include_masked"] = true }))).Expect(200).Id;
        ((string?)(await assay.UntilEnded(shown))["result"]).ShouldBe("success");

        (await target.Query("SELECT * FROM _m_mat_people ORDER BY id")).ShouldBe(["1|a@example.com|1000", "2|NULL|2000"]);
        var log = (await Log()).Single()!;
        ((long)log["user_id"]!, log["fields"]!.ToJsonString()).ShouldBe((editor.Id, """["email","salary"]"""));
        (await assay.Admin.Get($"/api/datastores/{target.Id}/source-records?path=_m_mat_people")).Expect(409).Detail.ShouldBe("The table '_m_mat_people' holds values of masked fields; they are shown by the store alone");
        await assay.RunWell(Materialize(datastore));
        (await target.Query("SELECT DISTINCT salary FROM _m_mat_people")).ShouldBe(["***MASKED***"]);
        (await assay.Admin.Get($"/api/datastores/{target.Id}/source-records?path=_m_mat_people")).Expect(200).Text.ShouldContain("MASKED");
        (await assay.Admin.Get($"/api/datastores/{target.Id}/listing")).Expect(200).Json.AsArray().Select(l => $"{l!["name"]} {l["label"]} {l["datastore"]!["id"]}").ShouldBe([$"_m_mat_people people {datastore}"]);

        async Task<JsonArray> Log() => (await assay.Admin.Get($"/api/audit-logs/masking?resource_type=container&action=materialize&resource_id={people}")).Expect(200).Json["items"]!.AsArray();
    }

    [Fact]
    public async Task Copy_IsOfWhatIsThereNow_WhateverBecameOfTheColumns()
    {
        var (datastore, source) = await assay.SyncedPostgres("CREATE TABLE t (id int, v int, exact numeric, gone text); INSERT INTO t VALUES (1, 10, 1.125, 'x'), (2, 20, 1.125, 'y')");
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "s");
        await assay.RunWell(Materialize(datastore));

        await RunSql(source, "DELETE FROM t WHERE id = 1");
        await assay.RunWell(Materialize(datastore));
        (await target.Query("SELECT * FROM _s_mat_t")).ShouldBe(["2|20|1.125|y"]);

        await target.Run("ALTER TABLE _s_mat_t ADD mine text DEFAULT 'mine'");
        await RunSql(source, "UPDATE t SET exact = 2");
        await assay.RunWell(Materialize(datastore));
        (await target.Query("SELECT id, exact, mine FROM _s_mat_t")).ShouldBe(["2|2.000|mine"]);

        await RunSql(source, "ALTER TABLE t ALTER v TYPE text USING 'text ' || v, DROP gone, ADD fresh date DEFAULT '2026-01-01'");
        await assay.SyncWell(datastore);
        await assay.RunWell(Materialize(datastore));
        (await target.Query("SELECT id, v, fresh::text FROM _s_mat_t")).ShouldBe(["2|text 20|2026-01-01"]);
    }

    [Fact]
    public async Task Copy_OfSomeContainers_TakesNoMoreRecordsThanWanted()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE a AS SELECT i FROM generate_series(1, 100) i; CREATE TABLE b AS SELECT i FROM generate_series(1, 100) i; CREATE VIEW c AS SELECT * FROM a");
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "l");

        var operation = await assay.RunWell(Materialize(datastore, new() { ["container_names"] = new JsonArray("a", "c"), ["max_records_per_partition"] = 7 }));

        ((long)operation["status"]!["records_processed"]!).ShouldBe(14);
        operation["containers"]!.AsArray().Select(c => (string)c!["name"]!).ShouldBe(["a", "c"]);
        (await target.Query("SELECT (SELECT count(*) FROM _l_mat_a), (SELECT count(*) FROM _l_mat_c), to_regclass('_l_mat_b')")).ShouldBe(["7|7|NULL"]);
    }

    [Fact]
    public async Task Copy_OfFiles_IsTyped_AndAsTextWhereAValueDoesNotFit()
    {
        var datastore = await assay.RegisterFiles(folder =>
        {
            File.WriteAllText(Path.Combine(folder, "sales_1.csv"), "id,amount\n1,9.5\n2,19.5\n");
            File.WriteAllText(Path.Combine(folder, "sales_2.csv"), "id,amount\n3,29.5\n4,39.5\n");
        });
        await assay.SyncWell(datastore);
        var name = (string)(await assay.Admin.Get($"/api/containers?datastore={datastore}")).Json["items"]![0]!["name"]!;
        var id = await assay.ContainerId(datastore, name);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "csv");

        var operation = await assay.RunWell(Materialize(datastore, new() { ["max_records_per_partition"] = 1 }));
        ((long)operation["status"]!["records_processed"]!).ShouldBe(2);
        (await target.Query($"SELECT id, amount, pg_typeof(id)::text, pg_typeof(amount)::text FROM _csv_materialize_{id} ORDER BY id")).ShouldBe(["1|9.5|bigint|double precision", "3|29.5|bigint|double precision"]);

        var folder = Directory.GetFiles(assay.FilesFolder, "sales_2.csv", SearchOption.AllDirectories).Single(f => File.ReadAllText(f).StartsWith("id,amount\n3,", StringComparison.Ordinal));
        await File.WriteAllTextAsync(folder, "id,amount\n3,n/a\n");
        await assay.RunWell(Materialize(datastore));
        (await target.Query($"SELECT id, amount, pg_typeof(amount)::text FROM _csv_materialize_{id} ORDER BY id")).ShouldBe(["1|9.5|text", "2|19.5|text", "3|n/a|text"]);
    }

    [Fact]
    public async Task Copy_OfOneContainerThatFails_LeavesTheOthers_AndIsMadeUpByResuming()
    {
        var (datastore, source) = await assay.SyncedPostgres("CREATE TABLE good AS SELECT 1 AS i; CREATE TABLE bad AS SELECT 2 AS i");
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "r");
        await RunSql(source, "ALTER TABLE bad RENAME TO moved");

        var operation = await assay.RunToEnd(Materialize(datastore));

        ((string?)operation["result"]).ShouldBe("success");
        ((string?)operation["message"])!.ShouldStartWith("1 of 2 containers could not be materialized. bad: ");
        operation["container_copies"]!.AsArray().Select(c => $"{c!["container"]!["name"]} {c["result"]}").ShouldBe(["bad failure", "good success"]);
        await RunSql(source, "DROP TABLE good");
        var failed = await assay.RunToEnd(Materialize(datastore));
        ((string?)failed["result"]).ShouldBe("failure");
        ((string?)failed["message"])!.ShouldStartWith("No container could be materialized. ");
        await RunSql(source, "ALTER TABLE moved RENAME TO bad");
        (await assay.Admin.Put($"/api/operations/run/{failed["id"]}")).Expect(200);
        await assay.UntilEnded((long)failed["id"]!);
        await RunSql(source, "CREATE TABLE good AS SELECT 3 AS i; DROP TABLE bad");
        (await target.Query("SELECT i FROM _r_mat_bad")).ShouldBe(["2"]);
        (await target.Query("SELECT i FROM _r_mat_good")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Abort_InTheMiddle_LeavesTheEarlierCopy_AndResumingFinishesIt()
    {
        var (datastore, source) = await assay.SyncedPostgres("CREATE TABLE t AS SELECT i FROM generate_series(1, 10) i");
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "ab");
        await assay.RunWell(Materialize(datastore));
        await RunSql(source, "INSERT INTO t SELECT i FROM generate_series(11, 20) i");
        await using var held = new Npgsql.NpgsqlConnection(target.Server.ConnectionStringFor(target.Database));
        await held.OpenAsync();
        await held.Lines("BEGIN; LOCK TABLE _ab_mat_t IN ACCESS EXCLUSIVE MODE");
        var running = (await assay.Admin.Post("/api/operations/run", Materialize(datastore))).Expect(200).Id;
        await assay.Until(running, o => o["container_copies"]!.AsArray().Any(c => (string?)c!["result"] == "running"));

        (await assay.Admin.Put($"/api/operations/abort/{running}")).Expect(200);

        var aborted = await assay.UntilEnded(running, 20);
        ((string?)aborted["result"], (string?)aborted["container_copies"]![0]!["result"]).ShouldBe(("aborted", "aborted"));
        await held.Lines("ROLLBACK");
        (await target.Query("SELECT count(*) FROM _ab_mat_t")).ShouldBe(["10"]);
        (await assay.Admin.Put($"/api/operations/run/{running}")).Expect(200);
        ((string?)(await assay.UntilEnded(running))["result"]).ShouldBe("success");
        (await target.Query("SELECT count(*) FROM _ab_mat_t")).ShouldBe(["20"]);
    }

    [Fact]
    public async Task Copy_ToAStoreThatIsDown_FailsOnceInPlainWords()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE a AS SELECT 1 AS i; CREATE TABLE b AS SELECT 1 AS i");
        var target = await assay.PostgresTarget(server);
        await assay.LinkEnrichment(datastore, target.Id, "d");
        await server.StopAsync();

        var failed = await assay.RunToEnd(Materialize(datastore));

        ((string?)failed["result"]).ShouldBe("failure");
        ((string?)failed["message"])!.ShouldNotContain("No container could be materialized");
        await server.StartAsync();
        var again = (await assay.Admin.Put($"/api/operations/rerun/{failed["id"]}")).Expect(200).Id;
        ((string?)(await assay.UntilEnded(again))["result"]).ShouldBe("success");
        (await target.Query("SELECT i FROM _d_mat_b")).ShouldBe(["1"]);
    }
}
