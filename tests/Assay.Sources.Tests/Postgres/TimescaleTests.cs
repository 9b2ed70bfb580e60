using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

/// <summary>TimescaleDB is an extension that no machine here has: its hypertables are laid out by hand, as the extension lays them out.</summary>
public sealed class TimescaleTests(EngineFixture fixture)
{
    private const string Hypertable = """
        CREATE SCHEMA _timescaledb_internal;
        CREATE TABLE metrics (at timestamptz NOT NULL, value double precision);
        CREATE TABLE _timescaledb_internal._hyper_1_1_chunk (CHECK (at < '2024-02-01')) INHERITS (metrics);
        CREATE TABLE _timescaledb_internal._hyper_1_2_chunk (CHECK (at >= '2024-02-01')) INHERITS (metrics);
        INSERT INTO _timescaledb_internal._hyper_1_1_chunk VALUES ('2024-01-01', 0.1), ('2024-01-02', 0.2);
        INSERT INTO _timescaledb_internal._hyper_1_2_chunk VALUES ('2024-02-01', 1e-300);
        ANALYZE;
        """;

    [Fact]
    public async Task Hypertable_IsOneContainerWithItsChunksAsPartitions()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, Hypertable);
        var connection = server.Connection(await server.CreateReaderAsync(), ("database", database)) with { Type = "timescale" };
        var target = new SqlTarget(connection, new SourceScope(null, "public"));

        var metrics = (await target.ListAsync()).Single();

        (metrics.Name, metrics.Rows, metrics.RowsQuality).ShouldBe(("metrics", 3, CountQuality.Estimate));
        metrics.Partitions.Select(p => p.Name).ShouldBe(["_hyper_1_1_chunk", "_hyper_1_2_chunk"]);
        (await target.RowsAsync(fixture.Engine, "metrics", r => r with { Columns = ["value"], PartitionColumn = "chunk" }))
            .ShouldBe(["0.1|_hyper_1_1_chunk", "0.2|_hyper_1_1_chunk", "1E-300|_hyper_1_2_chunk"]);
        (await target.RowsAsync(fixture.Engine, "metrics", r => r with { Columns = ["value"], Partitions = ["_hyper_1_2_chunk"] })).ShouldBe(["1E-300"]);
        (await target.TestAsync()).Fault.ShouldBeNull();
        (await target.Connector.ListSchemasAsync(connection, null, default)).Select(s => s.Name).ShouldContain("_timescaledb_internal");
    }

    [Fact]
    public void Spec_IsOneLevelAndNoTargetOfEvidence()
    {
        var spec = new SqlTarget(new ConnectionSettings { Type = "timescale" }, new SourceScope()).Connector.Spec;

        (string.Join(',', spec.CatalogLevels), spec.SupportsEnrichment).ShouldBe(("schema", false));
        spec.Properties.Single(p => p.Field == "database" && p.MapTo == "parameters").ConnectionProperty.ShouldBeTrue();
    }
}
