using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Athena;

/// <summary>Amazon Athena, by its JSON interface; docs/connectors/athena.md says what it needs and does.</summary>
internal sealed class AthenaWarehouse : IWarehouse
{
    public ConnectorSpec Spec => AthenaSpec.Value;

    public SqlDialect Dialect { get; } = new AthenaDialect();

    public WarehouseAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems) => AthenaAccess.Read(connection, out problems);

    public async Task<IWarehouseSession> OpenAsync(WarehouseAccess access, WarehousePlace place, WarehouseHttp http, CancellationToken cancel)
    {
        var session = new AthenaSession((AthenaAccess)access, http);
        // A harmless look that tells whether the keys are good.
        await session.CatalogsAsync(cancel);
        return session;
    }
}
