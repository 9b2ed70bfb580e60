using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Warehouses;
using Assay.Sources.Writing;
using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Writing;

/// <summary>On stand-ins, which run the statements on PostgreSQL; that they are the vendors' SQL, grammars of the dialects say.</summary>
public abstract class WarehouseWriterTests(EngineFixture fixture) : WriterConformance(fixture)
{
    private protected abstract Task<(StandIn StandIn, StandInDatabase Database, WarehouseSource Source)> StartAsync(string schema);

    private protected override async Task<WrittenStore> StoreAsync(bool readOnly = false)
    {
        var (standIn, database, source) = await StartAsync("evidence");
        await database.RunSqlAsync("CREATE SCHEMA evidence");
        if (!readOnly) await database.AllowWritingAsync("evidence");
        return new StandInStore(standIn, source, database);
    }

    [Fact]
    public async Task Append_TryThatBrokeOffBehindItsRows_IsMarkedAndNotRepeated()
    {
        await using var store = await StoreAsync();
        var table = new TableShape("t", [new("n", TableType.Integral)]);
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        await writer.AppendAsync(table, "a", WritingSamples.Ones(5_000), Cancel);
        await store.RunSqlAsync($"DELETE FROM {store.Table("_assay_batches")}");
        (await writer.AppendAsync(table, "a", WritingSamples.Ones(5_000), Cancel)).ShouldBeTrue();
        (await writer.AppendAsync(table, "a", WritingSamples.Ones(5_000), Cancel)).ShouldBeFalse();
        (await store.CountAsync("t")).ShouldBe(5_000);
        (await store.TablesAsync()).ShouldBe(["_assay_batches", "t"]);
    }

    private sealed class StandInStore(StandIn standIn, WarehouseSource source, StandInDatabase database) : PostgresStore(source.Connector, source.Target, database.Server, database.Name, "evidence")
    {
        private readonly bool strict = standIn is BigQueryStandIn;

        // These keep names in small letters, which PostgreSQL does not do; and the stand-ins with backticks take a backslash in a name for an escape.
        private readonly bool small = standIn is TrinoStandIn or DatabricksStandIn;

        public override int LongestName => strict ? 300 : 255;

        public override string HostileName => strict ? "Odd' -- <ünï>" : small ? base.HostileName.ToLowerInvariant().Replace("\\", "") : base.HostileName;

        public override string HostileColumn => strict ? "te xt'" : base.HostileColumn;

        public override ValueTask DisposeAsync() => standIn.DisposeAsync();
    }
}

public sealed class SnowflakeWriterTests(EngineFixture fixture) : WarehouseWriterTests(fixture)
{
    private protected override async Task<(StandIn, StandInDatabase, WarehouseSource)> StartAsync(string schema)
    {
        var standIn = await SnowflakeStandIn.StartAsync();
        return (standIn, standIn.Database, new WarehouseSource(WarehouseSource.Connection("snowflake", StandIn.Host, standIn.Port, SnowflakeStandIn.User, SnowflakeStandIn.Password,
            new { role = SnowflakeStandIn.Role, warehouse = SnowflakeStandIn.Warehouse, account = SnowflakeStandIn.Account, ssl = false }), standIn.Database.Name, schema));
    }
}

public sealed class BigQueryWriterTests(EngineFixture fixture) : WarehouseWriterTests(fixture)
{
    private protected override async Task<(StandIn, StandInDatabase, WarehouseSource)> StartAsync(string schema)
    {
        var standIn = await BigQueryStandIn.StartAsync();
        return (standIn, standIn.Database, new WarehouseSource(WarehouseSource.Connection("bigquery", StandIn.Host, standIn.Port, null, standIn.AccountKey(), new { ssl = false }), standIn.Database.Name, schema));
    }
}

public sealed class DatabricksWriterTests(EngineFixture fixture) : WarehouseWriterTests(fixture)
{
    private protected override async Task<(StandIn, StandInDatabase, WarehouseSource)> StartAsync(string schema)
    {
        var standIn = await DatabricksStandIn.StartAsync();
        return (standIn, standIn.Database, new WarehouseSource(WarehouseSource.Connection("databricks", StandIn.Host, standIn.Port, null, DatabricksStandIn.PersonalToken,
            new { path = $"/sql/1.0/warehouses/{DatabricksStandIn.Warehouse}", ssl = false }), standIn.Database.Name, schema));
    }
}

public sealed class TrinoWriterTests(EngineFixture fixture) : WarehouseWriterTests(fixture)
{
    private protected override async Task<(StandIn, StandInDatabase, WarehouseSource)> StartAsync(string schema)
    {
        var standIn = await TrinoStandIn.StartAsync();
        return (standIn, standIn.Database, new WarehouseSource(WarehouseSource.Connection("trino", StandIn.Host, standIn.Port, TrinoStandIn.User, TrinoStandIn.Password, new { ssl = false }), standIn.Database.Name, schema));
    }
}
