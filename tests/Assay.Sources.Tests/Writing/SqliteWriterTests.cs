using Assay.Sources.Tests.Local;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Assay.Sources.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Writing;

public sealed class SqliteWriterTests(EngineFixture fixture) : TransactionalConformance(fixture)
{
    private protected override async Task<WrittenStore> StoreAsync(bool readOnly = false)
    {
        Assert.SkipWhen(readOnly && Environment.IsPrivilegedProcess, "Files keep nobody out who is root.");
        var store = new SqliteStore();
        // An empty file is an empty database.
        await File.WriteAllBytesAsync(store.File, [], Cancel);
        if (!readOnly) return store;
        await store.RunSqlAsync("PRAGMA user_version = 1");
        File.SetUnixFileMode(store.File, UnixFileMode.UserRead);
        return store;
    }

    [Fact]
    public async Task Append_ZeroBytesInfinitiesAndWideNumbers_AreKept()
    {
        await using var store = await StoreAsync();
        var table = new TableShape("t", [new("a", TableType.Text), new("part", TableType.Fractional), new("narrow", TableType.Exact, 10, 2), new("wide", TableType.Exact, 38, 2)]);
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        await writer.AppendAsync(table, "given", RowBatch.Of([["zero\0byte", double.PositiveInfinity, 12345678.91m, 123456789012345678.91m]]), Cancel);
        (await store.QueryAsync($"SELECT hex(CAST(a AS BLOB)), part = 9e999, narrow, wide FROM {store.Table("t")}")).ShouldBe(["7A65726F0062797465|1|12345678.91|123456789012345678.91"]);
    }

    private sealed class SqliteStore : WrittenStore
    {
        private readonly TempFolder folder = new();
        private readonly ServiceProvider services;
        private readonly SqlTarget target;

        public SqliteStore()
        {
            services = new ServiceCollection().AddLogging().AddSources(options => options.FilesRoot = folder.Path).BuildServiceProvider();
            target = new SqlTarget(new ConnectionSettings { Type = "sqlite" }, new SourceScope("evidence.db"), services);
        }

        public string File => Path.Combine(folder.Path, "evidence.db");

        public override IConnector Connector => target.Connector;

        public override SourceTarget Target => target.Target;

        public override string MinusInfinity => "-Inf";

        public override int LongestName => 1_000;

        public override string Table(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

        public override async Task RunSqlAsync(string sql) => await QueryAsync(sql);

        public override async Task<string[]> QueryAsync(string sql)
        {
            await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var rows = await command.ExecuteReaderAsync(Cancel);
            var found = new List<string>();
            while (await rows.ReadAsync(Cancel))
                found.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => rows.IsDBNull(i) ? "NULL" : rows.GetString(i))));
            return [.. found];
        }

        public override Task<string[]> TablesAsync() => QueryAsync("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1");

        public override string Shown(string table) => $"""
            SELECT {Table(HostileColumn)}, whole, part, exact, CASE flag WHEN 1 THEN 'true' WHEN 0 THEN 'false' END, day, at FROM {Table(table)} ORDER BY whole IS NULL, whole
            """;

        public override async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            folder.Dispose();
        }
    }
}
