using System.Text.Json;

namespace Assay.Sources.Warehouses;

/// <summary>A request that spares the other side work: the end of a statement or session that nobody needs any more.</summary>
internal static class PartingRequest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Tries it for 5 s.</summary>
    public static async Task TryAsync(TimeProvider time, Func<CancellationToken, Task> send)
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit, time);
            await send(limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or WarehouseRefusal or JsonException)
        {
            // Nothing depends on it: what is not ended so ends by itself.
        }
    }
}
