namespace Assay.Sources.Warehouses;

/// <summary>A session and the HTTP client that is its alone.</summary>
internal sealed class OpenedWarehouse(IWarehouseSession session, WarehouseHttp http) : IAsyncDisposable
{
    public IWarehouseSession Session => session;

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        http.Dispose();
    }
}
