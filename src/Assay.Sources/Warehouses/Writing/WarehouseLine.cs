using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Warehouses.Writing;

/// <summary>A session at a vendor as the line that tables are written over.</summary>
internal sealed class WarehouseLine(OpenedWarehouse opened, WarehouseAccess access, WarehousePlace place, WarehouseLog log) : ITableLine
{
    public async Task<long> ExecuteAsync(string step, string sql, CancellationToken cancel)
    {
        await QueryAsync(step, sql, cancel);
        return -1;
    }

    public Task<IReadOnlyList<string?[]>> QueryAsync(string step, string sql, CancellationToken cancel) =>
        log.GuardAsync<IReadOnlyList<string?[]>>(async () => await opened.Session.QueryAsync(sql, cancel).ToListAsync(cancel), step, access, place, cancel);

    public ValueTask DisposeAsync() => opened.DisposeAsync();
}
