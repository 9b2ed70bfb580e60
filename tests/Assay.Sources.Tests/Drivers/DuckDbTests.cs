using System.Data.Common;
using Assay.Sources.Drivers;
using Assay.Sources.Drivers.Installing;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;

namespace Assay.Sources.Tests.Drivers;

/// <summary>DuckDB's driver is added as a user would add it, native library and all, and reads files that it made.</summary>
public sealed class DuckDbTests(DriverFolder drivers, EngineFixture fixture) : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("assay-duckdb-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task File_IsDiscoveredListedAndReadExactly()
    {
        await drivers.EnsureAsync(new DriverOrder("DuckDB.NET.Data.Full"));
        await CreateAsync("shop.duckdb", """"
            CREATE SCHEMA "odd ""schema""";
            CREATE TABLE "odd ""schema""".t (id INTEGER PRIMARY KEY, b BOOLEAN, huge HUGEINT, u UBIGINT, d DECIMAL(38, 10), f FLOAT, g DOUBLE, day DATE, ts TIMESTAMP, ns TIMESTAMP_NS,
                iv INTERVAL, u2 UUID, bl BLOB, li INTEGER[], st STRUCT(a INTEGER, b VARCHAR), e ENUM('x', 'y'), s VARCHAR UNIQUE, ti TIME);
            INSERT INTO "odd ""schema""".t VALUES (1, true, 170141183460469231731687303715884105727, 18446744073709551615, 1234567890123456789012345678.0123456789, 0.1, 0.1, '2024-02-29',
                '2024-02-29 10:00:00.123456', '2024-02-29 10:00:00.123456789', INTERVAL 3 DAY, '123e4567-e89b-12d3-a456-426655440000', '\x00\xFF'::BLOB, [1, NULL], {'a': 1, 'b': 'ü'}, 'y', 'ü☃', '10:00:01'),
                (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            CREATE VIEW "odd ""schema""".v AS SELECT id FROM "odd ""schema""".t;
            COMMENT ON TABLE "odd ""schema""".t IS 'All of it';
            CREATE TABLE numbers AS SELECT range::INTEGER AS n FROM range(1, 5001);
            """");
        var target = Target("shop.duckdb", "odd \"schema\"");

        (await target.TestAsync()).Fault.ShouldBeNull();
        (await target.Connector.ListCatalogsAsync(target.Connection, default)).Select(c => c.Name).ShouldBe(["shop.duckdb"]);
        (await target.Connector.ListSchemasAsync(target.Connection, "shop.duckdb", default)).Where(s => !s.System).Select(s => s.Name).ShouldContain("odd \"schema\"");
        var containers = await target.ListAsync();
        containers.Select(c => (c.Name, c.Kind, c.Remarks, c.Rows)).ShouldBe([("t", ContainerKind.Table, "All of it", 2L), ("v", ContainerKind.View, null, null)]);
        containers[0].Keys.Select(k => (k.Kind, k.Fields.Single())).ShouldBe([(KeyKind.Primary, "id"), (KeyKind.Unique, "s")]);
        (await target.FirstRowAsync(fixture.Engine, "t")).Select(c => $"{c.Key} {c.Value.Type} {c.Value.Value}").ShouldBe(
        [
            "id Int32 1", "b Bool True", "huge Decimal(39, 0) 170141183460469231731687303715884105727", "u UInt64 18446744073709551615",
            "d Decimal(38, 10) 1234567890123456789012345678.0123456789", "f Float32 0.1", "g Float64 0.1", "day Date32 2024-02-29",
            "ts DateTime64(6, 'UTC') 2024-02-29 10:00:00.123456", "ns DateTime64(9, 'UTC') 2024-02-29T10:00:00.123456789Z",
            "iv String 3 days", "u2 String 123e4567-e89b-12d3-a456-426655440000", "bl String 0x00FF", "li String [1, NULL]", "st String {'a': 1, 'b': ü}", "e String y", "s String ü☃", "ti String 10:00:01",
        ]);
        (await target.RowsAsync(fixture.Engine, "t", r => r with { Columns = ["id"], RowLimit = 1 })).Length.ShouldBe(1);
        var numbers = Target("shop.duckdb", "main");
        await numbers.Connector.ShouldSampleAsync(numbers.Target, fixture.Engine, await numbers.ContainerAsync("numbers"));
        (await Target("shop.duckdb", "nothing").TestAsync()).ShouldFailWith(SourceFaultCode.SchemaNotFound, "see schema");
    }

    [Fact]
    public async Task View_ThatReadsOtherFiles_MayNot()
    {
        await drivers.EnsureAsync(new DriverOrder("DuckDB.NET.Data.Full"));
        await File.WriteAllTextAsync(Path.Combine(root, "secret.csv"), "a\nsecret\n");
        await CreateAsync("sly.duckdb", $"CREATE VIEW v AS SELECT * FROM read_csv('{root}/secret.csv')");
        await File.WriteAllTextAsync(Path.Combine(root, "not.duckdb"), "This is no database at all, though long enough to be looked at twice.");
        var target = Target("sly.duckdb", "main");
        var container = new ContainerStructure { Name = "v", Kind = ContainerKind.View, Fields = [new FieldStructure("a", 1, FieldType.String, "VARCHAR", true)] };

        await Should.ThrowAsync<SourceException>(async () => await (await target.DescribeAsync(container)).OpenAsync(fixture.Engine, default));
        (await Target("not.duckdb", "main").TestAsync()).Fault.ShouldNotBeNull().Code.ShouldBe(SourceFaultCode.Unsupported);
    }

    private SqlTarget Target(string file, string schema) => new(new ConnectionSettings { Type = "duckdb" }, new SourceScope(file, schema), drivers.Services(root));

    private async Task CreateAsync(string file, string sql)
    {
        await using var connection = DriverStore.Read(Path.Combine(drivers.Path, "duckdb")).Factory.CreateConnection()!;
        connection.ConnectionString = $"DataSource={Path.Combine(root, file)}";
        await connection.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
