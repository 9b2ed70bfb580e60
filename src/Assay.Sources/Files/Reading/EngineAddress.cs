using Assay.Sources.Contract;
using Assay.Sources.Files.Stores;
using Assay.Sources.Network;

namespace Assay.Sources.Files.Reading;

/// <summary>
/// Asks the host policy before a ClickHouse server is sent to an address. The server resolves the name again by itself, so unlike Assay's
/// own connections this one could still be led elsewhere by whoever controls the name. (The built-in engine goes through the gateway.)
/// </summary>
internal static class EngineAddress
{
    public static async Task CheckAsync(HostPolicy policy, Uri endpoint, CancellationToken cancel)
    {
        var verdict = await policy.ResolveAsync(endpoint.Host, endpoint.Port, cancel);
        if (!verdict.Allowed) throw new SourceException(verdict.Fault with { Step = FileSteps.Endpoint });
    }
}
