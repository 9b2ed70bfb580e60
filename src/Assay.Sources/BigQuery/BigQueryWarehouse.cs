using Assay.Sources.Contract;
using Assay.Sources.Warehouses;
using Assay.Sources.Warehouses.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.BigQuery;

/// <summary>BigQuery, by its REST interface; docs/connectors/bigquery.md says what it needs and does.</summary>
internal sealed class BigQueryWarehouse : IWritableWarehouse
{
    public ConnectorSpec Spec => BigQuerySpec.Value;

    public SqlDialect Dialect { get; } = new BigQueryDialect();

    public StagedDialect TablesOf(WarehouseAccess access, WarehousePlace place) => new BigQueryTables(new BigQueryDialect(), place);

    public WarehouseAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems) => BigQueryAccess.Read(connection, out problems);

    public async Task<IWarehouseSession> OpenAsync(WarehouseAccess access, WarehousePlace place, WarehouseHttp http, CancellationToken cancel) =>
        await BigQuerySession.OpenAsync((BigQueryAccess)access, http, cancel);
}
