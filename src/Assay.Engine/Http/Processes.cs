using System.Globalization;

namespace Assay.Engine.Http;

/// <summary>The engine's list of running statements. By plain requests, so that asking about statements makes no more of them.</summary>
internal static class Processes
{
    internal static async Task<EngineProgress?> FindAsync(Endpoint endpoint, string queryId, CancellationToken cancellation)
    {
        var text = await SendAsync(endpoint,
            $"""
            SELECT read_rows, read_bytes, total_rows_approx, written_rows, memory_usage, elapsed
            FROM system.processes WHERE {endpoint.Finding(queryId)} LIMIT 1
            """, cancellation);
        if (text.TrimEnd('\n').Split('\t') is not [var rows, var bytes, var total, var written, var memory, var elapsed])
            return null;
        return new EngineProgress(Count(rows), Count(bytes), Count(total), Count(written),
            long.Parse(memory, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(elapsed, CultureInfo.InvariantCulture)));
    }

    /// <summary>By its id and not by its text, which the killing statement has too.</summary>
    internal static Task KillAsync(Endpoint endpoint, string queryId, CancellationToken cancellation) =>
        SendAsync(endpoint, $"KILL QUERY WHERE {endpoint.Finding(queryId)} ASYNC", cancellation);

    private static async Task<string> SendAsync(Endpoint endpoint, string sql, CancellationToken cancellation)
    {
        try
        {
            using var request = EngineRequest.ForStatement(sql, [], "TabSeparated");
            using var response = await endpoint.Http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return response.IsSuccessStatusCode ? text : throw ErrorText.ToException(text, sql);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw await endpoint.ExplainAsync(e);
        }
    }

    private static ulong Count(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
