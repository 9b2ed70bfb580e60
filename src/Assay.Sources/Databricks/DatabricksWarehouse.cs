using Assay.Sources.Contract;
using Assay.Sources.Warehouses;
using Assay.Sources.Warehouses.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Databricks;

/// <summary>Databricks SQL warehouses, by the Statement Execution interface; docs/connectors/databricks.md says what it needs and does.</summary>
internal sealed class DatabricksWarehouse : IWritableWarehouse
{
    public ConnectorSpec Spec => DatabricksSpec.Jdbc;

    public bool ListsTogether => true;

    public SqlDialect Dialect { get; } = new DatabricksDialect();

    public StagedDialect TablesOf(WarehouseAccess access, WarehousePlace place) => new DatabricksTables(new DatabricksDialect(), place);

    public WarehouseAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems) => DatabricksAccess.Read(connection, native: false, out problems);

    public async Task<IWarehouseSession> OpenAsync(WarehouseAccess access, WarehousePlace place, WarehouseHttp http, CancellationToken cancel) =>
        await DatabricksSession.OpenAsync((DatabricksAccess)access, http, cancel);
}
