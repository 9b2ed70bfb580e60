using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

public sealed class PostgresListingTests
{
    [Fact]
    public async Task ListContainersAsync_AllKinds_AreToldApart()
    {
        var target = await TargetAsync("""
            CREATE TABLE a_table (a int);
            CREATE VIEW b_view AS SELECT 1 AS a;
            CREATE MATERIALIZED VIEW c_materialized AS SELECT 1 AS a;
            CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
            CREATE FOREIGN TABLE d_foreign (a int) SERVER files OPTIONS (filename '/dev/null');
            CREATE TABLE e_partitioned (a int) PARTITION BY RANGE (a);
            CREATE TYPE f_composite AS (a int);
            CREATE SEQUENCE g_sequence;
            CREATE INDEX h_index ON a_table (a);
            CREATE UNLOGGED TABLE i_unlogged (a int);
            CREATE TABLE j_child () INHERITS (a_table);
            """);

        (await target.ListAsync()).Select(c => (c.Name, c.Kind)).ShouldBe([
            ("a_table", ContainerKind.Table), ("b_view", ContainerKind.View), ("c_materialized", ContainerKind.MaterializedView),
            ("d_foreign", ContainerKind.ForeignTable), ("e_partitioned", ContainerKind.Table), ("i_unlogged", ContainerKind.Table), ("j_child", ContainerKind.Table),
        ]);
        (await target.ListAsync(new ListOptions(Views: false))).Select(c => c.Name).ShouldBe(["a_table", "d_foreign", "e_partitioned", "i_unlogged", "j_child"]);
        (await target.ListAsync(new ListOptions(Tables: false))).Select(c => c.Name).ShouldBe(["b_view", "c_materialized"]);
        (await target.ListAsync(new ListOptions(Tables: false, Views: false))).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListContainersAsync_AwkwardNames_ComeBackLetterForLetterInOrder()
    {
        string[] names =
        [
            "PEOPLE", "People", "people", "with space", " leading", "\"quoted\"", "it's", "{{name}}", "100%", "%s%n", "semi;colon", "--comment", "/*", "back\\slash",
            "'; DROP TABLE people; --", "select", "naïve", "日本語", "😀 emoji", "a\tb", "a\nb", "dot.ted", "$1", "@p", ":x", "null", "$$", new('x', 63), "ünïcödé_" + new string('ö', 20),
        ];
        var columns = string.Join(", ", names.Select(name => PostgresServer.Quote(name) + " int"));
        var schema = "Odd \"schema\" {{%}} 🐘";
        var target = await TargetAsync(
            $"CREATE SCHEMA {PostgresServer.Quote(schema)}; SET search_path TO {PostgresServer.Quote(schema)};"
            + string.Join(';', names.Select(name => $"CREATE TABLE {PostgresServer.Quote(name)} ({columns}, PRIMARY KEY ({PostgresServer.Quote(name)}))")), schema);

        var containers = await target.ListAsync();

        containers.Select(c => c.Name).ShouldBe(names.OrderBy(name => name, Utf8Order.Comparer));
        containers.ShouldAllBe(c => c.Fields.Select(f => f.Name).SequenceEqual(names));
        containers.ShouldAllBe(c => c.Keys.Single().Fields.Single() == c.Name);
        (await target.TestAsync()).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task ListContainersAsync_Keys_AreListedWithTheirFieldsInOrder()
    {
        var target = await TargetAsync("""
            CREATE SCHEMA other;
            CREATE TABLE other.parent (y int, x int, z text UNIQUE, CONSTRAINT parent_pk PRIMARY KEY (x, y));
            CREATE TABLE child (
                id int GENERATED ALWAYS AS IDENTITY CONSTRAINT child_pk PRIMARY KEY, gone int, px int, py int, self int REFERENCES child, code text, kind text,
                CONSTRAINT to_parent FOREIGN KEY (px, py) REFERENCES other.parent (x, y),
                CONSTRAINT code_once UNIQUE (kind, code) INCLUDE (px));
            ALTER TABLE child DROP COLUMN gone;
            CREATE UNIQUE INDEX bare_unique ON child (code);
            CREATE UNIQUE INDEX partial_unique ON child (code) WHERE kind = 'x';
            CREATE UNIQUE INDEX expression_unique ON child (lower(code));
            CREATE INDEX not_unique ON child (kind);
            """);

        var keys = (await target.ListAsync()).Single().Keys;

        keys.Select(k => (k.Kind, k.Name, string.Join(',', k.Fields))).ShouldBe([
            (KeyKind.Primary, "child_pk", "id"), (KeyKind.Unique, "bare_unique", "code"), (KeyKind.Unique, "code_once", "kind,code"),
            (KeyKind.Foreign, "child_self_fkey", "self"), (KeyKind.Foreign, "to_parent", "px,py"),
        ]);
        keys[^1].ShouldSatisfyAllConditions(
            k => k.ReferencedSchema.ShouldBe("other"), k => k.ReferencedContainer.ShouldBe("parent"), k => k.ReferencedFields.ShouldBe(["x", "y"]));
        keys[0].ReferencedContainer.ShouldBeNull();
    }

    [Fact]
    public async Task ListContainersAsync_Fields_KeepOrderNumbersNullabilityAndComments()
    {
        var target = await TargetAsync("""
            CREATE DOMAIN filled AS text NOT NULL;
            CREATE TABLE t (c int NOT NULL, dropped int, b text, a filled, g int GENERATED ALWAYS AS (c * 2) STORED);
            ALTER TABLE t DROP COLUMN dropped;
            COMMENT ON TABLE t IS 'All of "it"'; COMMENT ON COLUMN t.b IS 'The second, they say: 😀';
            CREATE TABLE no_columns ();
            """);

        var containers = await target.ListAsync();

        containers[0].ShouldSatisfyAllConditions(c => c.Name.ShouldBe("no_columns"), c => c.Fields.ShouldBeEmpty(), c => c.Keys.ShouldBeEmpty(), c => c.Remarks.ShouldBeNull());
        containers[1].Remarks.ShouldBe("All of \"it\"");
        containers[1].Fields.Select(f => (f.Name, f.Ordinal, f.Nullable, f.Remarks)).ShouldBe([
            ("c", 1, false, null), ("b", 3, true, "The second, they say: 😀"), ("a", 4, false, null), ("g", 5, true, null),
        ]);
    }

    [Fact]
    public async Task ListContainersAsync_RowEstimates_TellUnknownFromEmpty()
    {
        var target = await TargetAsync("""
            CREATE TABLE never_analysed (a int); INSERT INTO never_analysed SELECT generate_series(1, 10);
            CREATE TABLE analysed (a int); INSERT INTO analysed SELECT generate_series(1, 1000); ANALYZE analysed;
            CREATE TABLE empty (a int); ANALYZE empty;
            CREATE MATERIALIZED VIEW materialized AS SELECT * FROM analysed; ANALYZE materialized;
            CREATE VIEW a_view AS SELECT * FROM analysed;
            """);

        var rows = (await target.ListAsync()).ToDictionary(c => c.Name, c => (c.Rows, c.RowsQuality));

        rows["never_analysed"].ShouldBe((null, CountQuality.Unknown));
        rows["analysed"].ShouldBe((1000, CountQuality.Estimate));
        rows["empty"].ShouldBe((0, CountQuality.Estimate));
        rows["materialized"].ShouldBe((1000, CountQuality.Estimate));
        rows["a_view"].ShouldBe((null, CountQuality.Unknown));
    }

    [Fact]
    public async Task ListContainersAsync_PartitionedTable_HasItsLeavesAsPartitionsAndTheirSumAsRows()
    {
        var target = await TargetAsync("""
            CREATE SCHEMA attic;
            CREATE TABLE events (id int, day date NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE TABLE "events 2024" PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (id);
            CREATE TABLE events_2024_1 PARTITION OF "events 2024" FOR VALUES IN (1);
            CREATE TABLE attic."Events 2023" PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
            INSERT INTO events SELECT n, '2023-05-05' FROM generate_series(1, 300) n; INSERT INTO events VALUES (1, '2024-05-05');
            ANALYZE events;
            CREATE TABLE refers (id int, day date, FOREIGN KEY (id, day) REFERENCES events);
            CREATE TABLE half (a int) PARTITION BY LIST (a); CREATE TABLE half_1 PARTITION OF half FOR VALUES IN (1); ANALYZE half_1; CREATE TABLE half_2 PARTITION OF half FOR VALUES IN (2);
            CREATE TABLE childless (a int) PARTITION BY LIST (a);
            """);

        var containers = (await target.ListAsync()).ToDictionary(c => c.Name);

        containers.Keys.ShouldBe(["childless", "events", "half", "refers"]);
        containers["events"].Partitions.Select(p => (p.Name, p.Location)).ShouldBe([("Events 2023", "attic.\"Events 2023\""), ("events_2024_1", "public.events_2024_1")]);
        containers["events"].Partitions[0].Size.ShouldNotBeNull().ShouldBeGreaterThan(8000);
        containers["events"].Rows.ShouldBe(301);
        containers["half"].ShouldSatisfyAllConditions(c => c.Partitions.Count.ShouldBe(2), c => c.Rows.ShouldBeNull(), c => c.RowsQuality.ShouldBe(CountQuality.Unknown));
        containers["childless"].ShouldSatisfyAllConditions(c => c.Partitions.ShouldBeEmpty(), c => c.Rows.ShouldBe(0));
        containers["refers"].Keys.ShouldHaveSingleItem().ReferencedContainer.ShouldBe("events");
    }

    [Theory]
    [InlineData("postgres?", "public", SourceFaultCode.CatalogNotFound)]
    [InlineData(null, "Public", SourceFaultCode.SchemaNotFound)]
    public async Task ListContainersAsync_PlaceThatIsNotThere_ThrowsInsteadOfBeingEmpty(string? database, string schema, SourceFaultCode code)
    {
        var target = await TargetAsync("CREATE TABLE t (a int)", schema);

        var error = await Should.ThrowAsync<SourceException>(() =>
            (target with { Scope = target.Scope with { Database = database ?? target.Scope.Database } }).ListAsync());

        error.Fault.Code.ShouldBe(code);
    }

    [Fact]
    public async Task ListContainersAsync_SchemaThatMayNotBeUsed_ThrowsInsteadOfBeingEmpty()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, "CREATE SCHEMA hidden; CREATE TABLE hidden.t (a int)");

        (await Should.ThrowAsync<SourceException>(async () => await server.Connection(await server.CreateRoleAsync()).Target(database, "hidden").ListAsync()))
            .Fault.Code.ShouldBe(SourceFaultCode.PermissionDenied);
    }

    private static async Task<SourceTarget> TargetAsync(string sql, string schema = "public")
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, sql);
        return server.Connection(await server.CreateReaderAsync()).Target(database, schema);
    }
}
