using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Enrichment;

/// <summary>Keeps the background from writing to an enrichment store until it is disposed, as another process would that is at it.</summary>
internal sealed class EvidenceHold : IAsyncDisposable
{
    private readonly AssayServer assay;
    private readonly long store;

    private EvidenceHold(AssayServer assay, long store) => (this.assay, this.store) = (assay, store);

    public static async Task<EvidenceHold> OnAsync(AssayServer assay, long store)
    {
        var hold = new EvidenceHold(assay, store);
        await hold.RunAsync("INSERT INTO evidence_state (datastore_id) VALUES (@store) ON CONFLICT (datastore_id) DO NOTHING");
        await hold.RunAsync("UPDATE evidence_state SET worker = 'a test', lease_until = 9000000000000000 WHERE datastore_id = @store");
        return hold;
    }

    public async ValueTask DisposeAsync() => await RunAsync("UPDATE evidence_state SET worker = NULL, lease_until = NULL WHERE datastore_id = @store");

    private async Task RunAsync(string sql)
    {
        await using var connection = await assay.Services.GetRequiredService<StoreConnections>().OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, new { store });
    }
}
