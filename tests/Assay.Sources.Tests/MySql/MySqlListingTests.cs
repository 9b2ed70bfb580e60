using Assay.Sources.Tests.Postgres;
using Assay.Testing.MariaDb;

namespace Assay.Sources.Tests.MySql;

public sealed class MySqlListingTests
{
    [Fact]
    public async Task ListContainersAsync_AllKinds_AreToldApart()
    {
        var (_, target, _) = await MySqlSources.SourceAsync("""
            CREATE TABLE a_table (a int) COMMENT 'All of "it"';
            CREATE VIEW b_view AS SELECT a FROM a_table;
            CREATE TABLE c_versioned (a int) WITH SYSTEM VERSIONING;
            CREATE SEQUENCE d_sequence;
            CREATE TABLE e_partitioned (a int, b date) PARTITION BY RANGE (a) (PARTITION low VALUES LESS THAN (10), PARTITION high VALUES LESS THAN MAXVALUE);
            CREATE TABLE f_exact (a int) ENGINE = MyISAM; INSERT INTO f_exact VALUES (1), (2), (3);
            CREATE TABLE gone (a int); CREATE VIEW g_broken AS SELECT a FROM gone; DROP TABLE gone;
            """);

        var containers = await target.ListAsync();

        containers.Select(c => (c.Name, c.Kind)).ShouldBe([
            ("a_table", ContainerKind.Table), ("b_view", ContainerKind.View), ("c_versioned", ContainerKind.Table),
            ("e_partitioned", ContainerKind.Table), ("f_exact", ContainerKind.Table), ("g_broken", ContainerKind.View),
        ]);
        var byName = containers.ToDictionary(c => c.Name);
        byName["a_table"].Remarks.ShouldBe("All of \"it\"");
        byName["a_table"].RowsQuality.ShouldBe(CountQuality.Estimate);
        byName["b_view"].ShouldSatisfyAllConditions(v => v.Remarks.ShouldBeNull(), v => v.Rows.ShouldBeNull(), v => v.RowsQuality.ShouldBe(CountQuality.Unknown));
        byName["e_partitioned"].Partitions.Select(p => p.Name).ShouldBe(["low", "high"]);
        (byName["f_exact"].Rows, byName["f_exact"].RowsQuality).ShouldBe((3, CountQuality.Exact));
        byName["g_broken"].Problem.ShouldNotBeNull();
        (await target.ListAsync(new ListOptions(Views: false))).Select(c => c.Name).ShouldBe(["a_table", "c_versioned", "e_partitioned", "f_exact"]);
        var two = await target.ListAsync(new ListOptions { Names = new HashSet<string> { "b_view", "e_partitioned", "none" } });
        two.Select(c => (c.Name, c.Fields.Count, c.Partitions.Count)).ShouldBe([("b_view", 1, 0), ("e_partitioned", 2, 2)]);
    }

    [Fact]
    public async Task ListContainersAsync_AwkwardNames_ComeBackLetterForLetterInOrder()
    {
        var server = await MariaDbServer.SharedAsync();
        var database = await server.CreateDatabaseAsync("Odd `db` {{%}} é.'\"");
        string[] names =
        [
            "PEOPLE", "People", "people", "with space", " leading", "\"quoted\"", "it's", "`ticks`", "{{name}}", "100%", "%s%n", "semi;colon", "--comment", "/*", "back\\slash",
            "'; DROP TABLE people; -- ", "select", "naïve", "日本語", "dot.ted", "$1", "@p", "?", ":x", "null", new('x', 64),
        ];
        names = [.. names.Select(name => name.TrimEnd())];
        // Columns that differ in case only are one to MariaDB.
        var columns = names.Except(["People", "people"]).ToArray();
        var key = columns[^2];
        await server.RunSqlAsync(database, string.Join(';', names.Select(name =>
            $"CREATE TABLE {MariaDbServer.Quote(name)} ({string.Join(", ", columns.Select(c => $"{MariaDbServer.Quote(c)} int"))}, PRIMARY KEY ({MariaDbServer.Quote(key)}))")));
        var reader = await server.CreateUserAsync($"SELECT ON {MariaDbServer.Quote(database.Replace("%", "\\%").Replace("_", "\\_"))}.*");
        var target = server.Connection(reader).Target(database);

        var containers = await target.ListAsync();

        containers.Select(c => c.Name).ShouldBe(names.OrderBy(name => name, Utf8Order.Comparer));
        containers.ShouldAllBe(c => c.Fields.Select(f => f.Name).SequenceEqual(columns));
        containers.ShouldAllBe(c => c.Keys.Single().Fields.Single() == key);
        (await target.TestAsync()).Fault.ShouldBeNull();
        (await target.Connector.ListSchemasAsync(target.Connection, null, default)).ShouldContain(new CatalogEntry(database, false));
    }

    [Fact]
    public async Task ListContainersAsync_KeysAndComments_AreListedInOrder()
    {
        var (_, target, _) = await MySqlSources.SourceAsync("""
            CREATE TABLE parent (y int, x int, z varchar(20) UNIQUE COMMENT 'The 3rd: é ☃', PRIMARY KEY (x, y));
            CREATE TABLE child (
                id int AUTO_INCREMENT PRIMARY KEY, px int, py int, self int NOT NULL, code varchar(20), kind varchar(20),
                CONSTRAINT to_parent FOREIGN KEY (px, py) REFERENCES parent (x, y),
                CONSTRAINT to_self FOREIGN KEY (self) REFERENCES child (id),
                UNIQUE KEY code_once (kind, code), KEY not_unique (kind));
            """);

        var containers = (await target.ListAsync()).ToDictionary(c => c.Name);

        containers["child"].Keys.Select(k => (k.Kind, k.Name, string.Join(',', k.Fields))).ShouldBe([
            (KeyKind.Primary, "PRIMARY", "id"), (KeyKind.Unique, "code_once", "kind,code"), (KeyKind.Foreign, "to_parent", "px,py"), (KeyKind.Foreign, "to_self", "self"),
        ]);
        containers["child"].Keys[2].ShouldSatisfyAllConditions(
            k => k.ReferencedSchema.ShouldBe(target.Target.Scope.Database), k => k.ReferencedContainer.ShouldBe("parent"), k => k.ReferencedFields.ShouldBe(["x", "y"]));
        containers["parent"].Fields.Select(f => (f.Name, f.Ordinal, f.Nullable, f.Remarks)).ShouldBe([("y", 1, false, null), ("x", 2, false, null), ("z", 3, true, "The 3rd: é ☃")]);
    }

    [Fact]
    public async Task ListContainersAsync_Types_BecomeFieldTypesWithTheirSizes()
    {
        var (_, target, _) = await MySqlSources.SourceAsync("""
            CREATE TABLE t (a tinyint(1), b bigint unsigned, c decimal(65,30), d decimal(10,0), e float, f bit(1), g bit(12), h year, i date, j datetime(3), k timestamp NULL, l time,
                m varchar(20), n longtext, o enum('x','y'), p set('x','y'), q json, r varbinary(9), s blob, t point, u uuid, v inet6);
            """);

        var fields = (await target.ListAsync()).Single().Fields;

        string.Join(' ', fields.Select(f => $"{f.Name}:{f.Type}{(f.Size is { } size ? $"/{size}" : "")}{(f.Digits is { } digits ? $".{digits}" : "")}")).ShouldBe(
            "a:Integral b:Integral c:Fractional/65.30 d:Integral/10.0 e:Fractional f:Boolean g:Integral/12 h:Integral i:Date j:Timestamp.3 k:Timestamp.0 l:String.0 "
            + "m:String/20 n:String o:String p:String q:String r:Unknown s:Unknown t:Unknown u:String v:String");
        fields.Single(f => f.Name == "b").NativeType.ShouldBe("bigint(20) unsigned");
    }

    [Fact]
    public async Task ListContainersAsync_TenOrAThousandTables_TakesTheSameStatements()
    {
        var few = await StatementsAsync(10);
        var many = await StatementsAsync(1000);

        many.ShouldBe(few);
        many.ShouldBeLessThanOrEqualTo(14);
    }

    private static async Task<long> StatementsAsync(int tables)
    {
        var (server, target, reader) = await MySqlSources.SourceAsync(
            string.Join(';', Enumerable.Range(1, tables).Select(i => $"CREATE TABLE t{i:0000} (id int PRIMARY KEY, name varchar(20) UNIQUE, a int, b date) ENGINE = Aria TRANSACTIONAL = 0")));
        // What a session asked is told by what it did to the counter of all.
        await server.RunSqlAsync(null, $"SET GLOBAL userstat = 1; FLUSH USER_STATISTICS");
        (await target.ListAsync()).Count.ShouldBe(tables);
        return await server.ScalarAsync<long>($"SELECT SELECT_COMMANDS + OTHER_COMMANDS + UPDATE_COMMANDS FROM information_schema.USER_STATISTICS WHERE USER = '{reader.Name}'");
    }
}
