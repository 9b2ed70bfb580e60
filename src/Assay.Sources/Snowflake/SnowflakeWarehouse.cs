using Assay.Sources.Contract;
using Assay.Sources.Warehouses;
using Assay.Sources.Warehouses.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Snowflake;

/// <summary>Snowflake, by the HTTP interface of its drivers: the only one that takes passwords; docs/connectors/snowflake.md says what it needs and does.</summary>
internal sealed class SnowflakeWarehouse : IWritableWarehouse
{
    public ConnectorSpec Spec => SnowflakeSpec.Value;

    public bool ListsTogether => true;

    public SqlDialect Dialect { get; } = new SnowflakeDialect();

    public StagedDialect TablesOf(WarehouseAccess access, WarehousePlace place) => new SnowflakeTables(new SnowflakeDialect(), place);

    public WarehouseAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems) => SnowflakeAccess.Read(connection, out problems);

    public async Task<IWarehouseSession> OpenAsync(WarehouseAccess access, WarehousePlace place, WarehouseHttp http, CancellationToken cancel) =>
        await SnowflakeSession.OpenAsync((SnowflakeAccess)access, http, cancel);
}
