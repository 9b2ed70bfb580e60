using System.Collections.Concurrent;
using Assay.Server.Identity;
using Assay.Server.Store.Reads;

namespace Assay.Server.Datastores.Reads;

/// <summary>
/// About how many datastores a caller's unfiltered list holds: enough to choose a plan for a page, never shown. What a list's
/// statement counted is remembered for the next one.
/// </summary>
internal sealed class ListLengths(StoreReads reads)
{
    /// <summary>From here on a member's list is read along the index, because most of what lies there is theirs.</summary>
    public const long Long = 5_000;

    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<(long User, bool EnrichmentOnly), long> known = new();

    public async ValueTask<long> GuessAsync(Caller caller, bool enrichmentOnly, CancellationToken cancel)
    {
        var visibility = Visibility.Of(caller);
        if (known.TryGetValue(Key(caller, visibility, enrichmentOnly), out var length)) return length;
        // The kept figures of the caller's teams; what several of them share is counted more than once.
        var sql = $"""
            {visibility.With()}
            SELECT CAST(COALESCE(SUM(live), 0) AS BIGINT) FROM datastore_totals WHERE enrichment_only = @enrichment_only AND
            {(visibility.All ? "team_id = 0" : "team_id IN (SELECT team_id FROM my)")}
            """;
        var arguments = visibility.AddTo(new SqlArguments()).Add("@enrichment_only", enrichmentOnly);
        length = await reads.ReadAsync(sql, arguments, rows => rows.Read() ? rows.GetInt64(0) : 0, cancel);
        Learn(caller, enrichmentOnly, length);
        return length;
    }

    public void Learn(Caller caller, bool enrichmentOnly, long length)
    {
        if (known.Count >= MostKept) known.Clear();
        known[Key(caller, Visibility.Of(caller), enrichmentOnly)] = length;
    }

    // Those who see everything share one figure.
    private static (long, bool) Key(Caller caller, Visibility visibility, bool enrichmentOnly) => (visibility.All ? 0 : caller.Id, enrichmentOnly);
}
