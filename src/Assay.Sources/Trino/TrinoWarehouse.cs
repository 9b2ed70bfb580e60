using Assay.Sources.Contract;
using Assay.Sources.Warehouses;
using Assay.Sources.Warehouses.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Trino;

/// <summary>Trino or Presto, by the client protocol that both document; docs/connectors/trino.md says what it needs and does.</summary>
internal sealed class TrinoWarehouse(TrinoFlavor flavor) : IWritableWarehouse
{
    public ConnectorSpec Spec { get; } = TrinoSpec.Of(flavor);

    public bool ListsTogether => true;

    public SqlDialect Dialect { get; } = new TrinoDialect();

    public StagedDialect TablesOf(WarehouseAccess access, WarehousePlace place) => new TrinoTables(new TrinoDialect(), place);

    public WarehouseAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems) => TrinoAccess.Read(flavor, connection, out problems);

    public async Task<IWarehouseSession> OpenAsync(WarehouseAccess access, WarehousePlace place, WarehouseHttp http, CancellationToken cancel) =>
        await TrinoSession.OpenAsync(flavor, (TrinoAccess)access, http, cancel);
}
