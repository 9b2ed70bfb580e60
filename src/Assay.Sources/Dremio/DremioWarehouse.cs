using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Dremio;

/// <summary>Dremio, by its REST interface; docs/connectors/dremio.md says what it needs and does.</summary>
internal sealed class DremioWarehouse : IWarehouse
{
    public ConnectorSpec Spec => DremioSpec.Value;

    public SqlDialect Dialect { get; } = new DremioDialect();

    public WarehouseAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems) => DremioAccess.Read(connection, out problems);

    public async Task<IWarehouseSession> OpenAsync(WarehouseAccess access, WarehousePlace place, WarehouseHttp http, CancellationToken cancel) =>
        await DremioSession.OpenAsync((DremioAccess)access, http, cancel);
}
