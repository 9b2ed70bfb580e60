using Assay.Engine;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Assay.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Postgres;

public sealed class PostgresRangeTests(EngineFixture fixture)
{
    private const string Large = "CREATE TABLE large AS SELECT g AS id, md5(g::text) AS noise FROM generate_series(1, 60000) g; CREATE VIEW seen AS SELECT * FROM large; ANALYZE large;";

    [Fact]
    public async Task OpenAsync_LargeTable_IsReadInRangesOfItsBlocks_InOneSnapshot()
    {
        var (server, role, target) = await SourceAsync();

        (await CountAsync(target, "large")).ShouldBe("60000|1800030000|60000");

        var statements = await server.StatementsOfAsync(role);
        var copies = statements.Where(s => s.StartsWith("COPY", StringComparison.Ordinal)).ToList();
        copies.Count.ShouldBe(4, string.Join('\n', statements));
        copies.ShouldAllBe(s => s.Contains("ctid"));
        statements.Count(s => s.StartsWith("SET TRANSACTION SNAPSHOT", StringComparison.Ordinal)).ShouldBe(3);
        await server.ShouldHaveNoSessionAsync(role);
    }

    [Fact]
    public async Task OpenAsync_ViewsAndFewRows_AreReadInOneGo()
    {
        var (server, role, target) = await SourceAsync();
        var large = await target.ContainerAsync("large");

        (await CountAsync(target, large with { Name = "seen" }, null)).ShouldBe("60000|1800030000|60000");
        (await CountAsync(target, large, read => read with { RowLimit = 10 })).ShouldStartWith("10|");
        (await CountAsync(target, large, read => read with { After = new("id", 59990) })).ShouldStartWith("10|");

        var copies = (await server.StatementsOfAsync(role)).Where(s => s.StartsWith("COPY", StringComparison.Ordinal)).ToList();
        copies.Count.ShouldBe(3);
        copies.ShouldAllBe(s => !s.Contains("ctid"));
    }

    [Fact]
    public async Task OpenAsync_WhereTheServerLetsFewSessionsIn_ReadsWithThose()
    {
        var (server, role, target) = await SourceAsync();
        await server.RunSqlAsync("postgres", $"ALTER ROLE {PostgresServer.Quote(role.Name)} CONNECTION LIMIT 2");

        (await CountAsync(target, "large")).ShouldBe("60000|1800030000|60000");

        (await server.StatementsOfAsync(role)).Count(s => s.StartsWith("COPY", StringComparison.Ordinal)).ShouldBe(2);
    }

    private static async Task<(PostgresServer Server, PostgresRole Role, SqlTarget Target)> SourceAsync()
    {
        var server = await PostgresServer.SharedAsync();
        await server.CountStatementsAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, Large);
        var role = await server.CreateReaderAsync();
        var services = new ServiceCollection().AddLogging().AddSources(options => (options.RangesAtOnce, options.RangeBytes) = (4, 64 << 10)).BuildServiceProvider();
        return (server, role, new SqlTarget(server.Connection(role), new SourceScope(database, "public"), services));
    }

    private async Task<string> CountAsync(SqlTarget target, string container) => await CountAsync(target, await target.ContainerAsync(container), null);

    private async Task<string> CountAsync(SqlTarget target, ContainerStructure container, Func<Sources.Reading.ContainerRead, Sources.Reading.ContainerRead>? restrict)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var rows = await (await target.DescribeAsync(container, restrict)).OpenAsync(fixture.Engine, cancel);
        var found = await fixture.Engine.ListAsync(rows.Query($"SELECT count(), sum(id), uniqExact(noise) FROM ({rows.Sql})"), cancel);
        rows.Rows.ShouldBe(Convert.ToInt64(found[0][0], null));
        return string.Join('|', found[0].Values);
    }
}
