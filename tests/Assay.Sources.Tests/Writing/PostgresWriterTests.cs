using Assay.Sources.Tests.Postgres;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Writing;
using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Writing;

public sealed class PostgresWriterTests(EngineFixture fixture) : TransactionalConformance(fixture)
{
    private protected override async Task<WrittenStore> StoreAsync(bool readOnly = false)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync(cancel: Cancel);
        var role = await server.CreateRoleAsync(cancel: Cancel);
        var name = PostgresServer.Quote(role.Name);
        await server.RunSqlAsync(database, $"CREATE SCHEMA evidence; GRANT USAGE{(readOnly ? "" : ", CREATE")} ON SCHEMA evidence TO {name}", Cancel);
        return new PostgresStore(PostgresSources.Connector, server.Connection(role).Target(database, "evidence"), server, database, "evidence");
    }

    [Fact]
    public async Task Append_TextsThatPostgresCannotHold_AreWrittenAllTheSame()
    {
        await using var store = await StoreAsync();
        var table = new TableShape("t", [new("a", TableType.Text)]);
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        await writer.AppendAsync(table, "given", RowBatch.Of([["zero\0byte"]]), Cancel);
        await writer.AppendAsync(table, "engine", RowBatch.Of(Fixture.Engine, "SELECT concat('zero', char(0), 'byte', unhex('FF')) AS a UNION ALL SELECT toString([1, 2])"), Cancel);
        (await store.QueryAsync($"SELECT a FROM {store.Table("t")} ORDER BY a COLLATE \"C\"")).ShouldBe(["[1,2]", "zero\uFFFDbyte", "zero\uFFFDbyte\uFFFD"]);
    }
}
