using System.Text.Json;
using Assay.Sources.Reading;
using Assay.Sources.Tests.Local;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Sqlite;

public sealed class SqliteTests(EngineFixture fixture) : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("assay-sqlite-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task ListContainersAsync_KindsTypesAndKeys_AreToldAndABrokenViewIsOnlyItself()
    {
        await CreateAsync("shop.db", """"
            CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE, balance DECIMAL(10,2), born DATE, seen DATETIME, active BOOLEAN, photo BLOB, anything);
            CREATE TABLE "odd ""name""" (a int, "b c" text, PRIMARY KEY ("b c", a)) WITHOUT ROWID;
            CREATE TABLE orders (id INTEGER PRIMARY KEY, customer REFERENCES customers, total REAL AS (1.5) STORED);
            CREATE VIEW v AS SELECT id, name FROM customers;
            CREATE TABLE gone (a); CREATE VIEW w_broken AS SELECT a FROM gone; DROP TABLE gone;
            CREATE VIRTUAL TABLE words USING fts5(body);
            """");
        var target = Target("shop.db");

        var containers = await target.ListAsync();

        containers.Select(c => (c.Name, c.Kind, c.Problem is null)).ShouldBe([
            ("customers", ContainerKind.Table, true), ("odd \"name\"", ContainerKind.Table, true), ("orders", ContainerKind.Table, true),
            ("v", ContainerKind.View, true), ("w_broken", ContainerKind.View, false), ("words", ContainerKind.Table, true),
        ]);
        string.Join(' ', containers[0].Fields.Select(f => $"{f.Name}:{f.Type}{(f.Size is { } size ? $"/{size}" : "")}{(f.Nullable is false ? "!" : "")}")).ShouldBe(
            "id:Integral! name:String/20! balance:Fractional/10 born:Date seen:Timestamp active:Boolean photo:Unknown anything:Unknown");
        containers[0].Keys.Select(k => (k.Kind, string.Join(',', k.Fields))).ShouldBe([(KeyKind.Primary, "id"), (KeyKind.Unique, "name")]);
        containers[1].Keys.Single().Fields.ShouldBe(["b c", "a"]);
        containers[2].Keys[1].ShouldSatisfyAllConditions(
            k => k.Kind.ShouldBe(KeyKind.Foreign), k => k.ReferencedContainer.ShouldBe("customers"), k => k.ReferencedFields.ShouldBe(["id"]));
        (await target.TestAsync()).Fault.ShouldBeNull();
        var two = await target.ListAsync(new ListOptions { Names = new HashSet<string> { "odd \"name\"", "v", "none" } });
        two.Select(c => (c.Name, c.Fields.Count)).ShouldBe([("odd \"name\"", 2), ("v", 2)]);
    }

    [Fact]
    public async Task OpenAsync_ColumnsOfOneType_AreTypedAndMixedOnesStayText()
    {
        await CreateAsync("a.db", """
            CREATE TABLE t (id INTEGER PRIMARY KEY, whole INT, real REAL, mixed INT, flag BOOLEAN, numbers NUMERIC, big REAL, day DATE, unix DATE, moment TIMESTAMP, raw BLOB, words TEXT, empty INT);
            INSERT INTO t VALUES (1, 9223372036854775807, 0.1, 7, 1, 1, 9007199254740993, '2024-02-29', 1700000000, '2024-02-29 10:00:00.5', x'00FF', 'ü' || char(9) || '☃', NULL);
            INSERT INTO t VALUES (2, -1, 1e308, 'seven', 0, 2.5, 0.5, '2024-03-01', 1700000001, NULL, NULL, '', NULL);
            """);

        var row = await Target("a.db").FirstRowAsync(fixture.Engine, "t");

        string.Join('\n', row.Select(c => $"{c.Key} {c.Value.Type} {c.Value.Value}")).ShouldBe("""
            id Int64 1
            whole Int64 9223372036854775807
            real Float64 0.1
            mixed String 7
            flag Bool True
            numbers Float64 1
            big Float64 9007199254740992
            day Date32 2024-02-29
            unix Int64 1700000000
            moment DateTime64(6, 'UTC') 2024-02-29 10:00:00.5
            raw String 0x00FF
            words String ü	☃
            empty String NULL
            """);
        (await Target("a.db").RowsAsync(fixture.Engine, "t", r => r with { Columns = ["mixed", "id"], After = new IncrementalBound("id", 1) })).ShouldBe(["seven|2"]);
        (await Target("a.db").RowsAsync(fixture.Engine, "t", r => r with { Columns = ["id"], RowLimit = 1 })).Length.ShouldBe(1);
    }

    [Fact]
    public async Task OpenAsync_AShare_IsChosenByTheSource()
    {
        await CreateAsync("n.db", "CREATE TABLE numbers (n INTEGER PRIMARY KEY); WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 5000) INSERT INTO numbers SELECT n FROM g");
        var target = Target("n.db");
        await target.Connector.ShouldSampleAsync(target.Target, fixture.Engine, await target.ContainerAsync("numbers"));
    }

    [Fact]
    public async Task OpenAsync_BytesInATextColumn_ArriveAsBytes()
    {
        await CreateAsync("b.db", "CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES (CAST(x'41FF' AS TEXT), char(65533))");

        (await Target("b.db").RowsAsync(fixture.Engine, "t")).ShouldBe(["0x41FF|\uFFFD"]);
    }

    [Fact]
    public async Task Files_OutsideTheRootOrNoDatabases_AreRefused()
    {
        await CreateAsync("inside/a.sqlite", "CREATE TABLE t (a)");
        await File.WriteAllTextAsync(Path.Combine(root, "notes.db"), "This is no database at all.");
        using var outside = new TempFolder();
        var secret = Path.Combine(outside.Path, "secret.db");
        await CreateAsync(secret, "CREATE TABLE t (a)");
        File.CreateSymbolicLink(Path.Combine(root, "link.db"), secret);
        File.CreateSymbolicLink(Path.Combine(root, "near.db"), Path.Combine(root, "inside/a.sqlite"));

        (await Target("near.db").TestAsync()).Fault.ShouldBeNull();
        (await Target("link.db").TestAsync()).ShouldFailWith(SourceFaultCode.PermissionDenied, "find file");
        (await Target($"../{Path.GetFileName(outside.Path)}/secret.db").TestAsync()).ShouldFailWith(SourceFaultCode.PermissionDenied, "find file");
        (await Target("none.db").TestAsync()).ShouldFailWith(SourceFaultCode.CatalogNotFound, "find file");
        (await Target("notes.db").TestAsync()).ShouldFailWith(SourceFaultCode.Unsupported, "see catalog");
        (await Target(null).TestAsync()).Steps.Single(s => s.Name == "find file").Detail.ShouldBe("2 databases");
        (await Target(null).Connector.ListSchemasAsync(Target(null).Connection, null, default)).Select(s => s.Name).ShouldBe(["inside/a.sqlite", "near.db"]);
        (await Target("a.sqlite", uri: "file:///inside").ListAsync()).Count.ShouldBe(1);
        new SqlTarget(new ConnectionSettings { Type = "sqlite" }, new SourceScope()).Connector.Validate(new ConnectionSettings { Type = "sqlite" }).Single().Message.ShouldContain("ASSAY_FILES_ROOT");
    }

    [Fact]
    public async Task OpenAsync_ViewThatNeverEnds_StopsAtItsLimitAndWhenCancelled()
    {
        await CreateAsync("slow.db", "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n");
        var limited = Target("slow.db", timeout: 1);
        var container = await limited.ContainerAsync("v");

        var error = await Should.ThrowAsync<SourceException>(async () => await (await limited.DescribeAsync(container)).OpenAsync(fixture.Engine, default));
        error.Fault.Code.ShouldBe(SourceFaultCode.TimedOut);

        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Should.ThrowAsync<OperationCanceledException>(async () => await (await Target("slow.db").DescribeAsync(container)).OpenAsync(fixture.Engine, cancel.Token));
    }

    private SqlTarget Target(string? file, string? uri = null, int? timeout = null) => new(
        new ConnectionSettings
        {
            Type = "sqlite",
            Uri = uri,
            Parameters = timeout is null ? new Dictionary<string, JsonElement>() : new() { ["statement_timeout"] = JsonSerializer.SerializeToElement(timeout) },
        },
        new SourceScope(file), new ServiceCollection().AddLogging().AddSources(o => o.FilesRoot = root).BuildServiceProvider());

    private async Task CreateAsync(string file, string sql)
    {
        var path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
