using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Databricks;

/// <summary>Databricks by Unity Catalog's own interface, which lists without a SQL warehouse; rows are read through one.</summary>
internal sealed class UnityWarehouse : IWarehouse
{
    public ConnectorSpec Spec => DatabricksSpec.Native;

    public SqlDialect Dialect { get; } = new DatabricksDialect();

    public SqlDialect DialectOf(WarehouseAccess access) => new DatabricksDialect(((DatabricksAccess)access).Catalog);

    public WarehouseAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems) => DatabricksAccess.Read(connection, native: true, out problems);

    public async Task<IWarehouseSession> OpenAsync(WarehouseAccess access, WarehousePlace place, WarehouseHttp http, CancellationToken cancel) =>
        await UnitySession.OpenAsync((DatabricksAccess)access, http, cancel);
}
