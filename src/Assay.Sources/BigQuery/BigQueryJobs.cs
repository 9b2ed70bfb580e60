using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.BigQuery;

/// <summary>Statements as jobs of the project that pays for them.</summary>
internal sealed class BigQueryJobs(BigQueryAccess access, BigQueryLine line)
{

    private string Jobs => $"projects/{Uri.EscapeDataString(access.Project)}/jobs";

    public async IAsyncEnumerable<string?[]> RunAsync(WarehousePlace place, string sql, [EnumeratorCancellation] CancellationToken cancel)
    {
        // An id of our own: so that the job can be cancelled whatever answer has come.
        var job = $"assay_{Guid.NewGuid():n}";
        string? location = access.Location;
        using var limit = new CancellationTokenSource(access.StatementTimeout ?? Timeout.InfiniteTimeSpan, line.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var complete = false;
        try
        {
            var begun = await line.SendAsync(HttpMethod.Post, Jobs, Job(job, place, sql), both.Token);
            location = begun.TextAt("jobReference", "location") ?? location;
            if (begun.At("status", "errorResult") is { ValueKind: JsonValueKind.Object } refused)
            {
                complete = true;
                throw BigQueryFaults.OfJob(refused, access);
            }
            for (string? page = ""; page is not null;)
            {
                var answer = await line.SendAsync(HttpMethod.Get,
                    $"projects/{Uri.EscapeDataString(access.Project)}/queries/{job}?timeoutMs=10000&formatOptions.useInt64Timestamp=true{At(location)}{(page.Length > 0 ? $"&pageToken={Uri.EscapeDataString(page)}" : "")}{Most()}", null, both.Token);
                if (answer.TextAt("jobComplete") != "true") continue;
                limit.CancelAfter(Timeout.InfiniteTimeSpan);
                var types = answer.ItemsAt("schema", "fields").Select(f => f.TextAt("mode") == "REPEATED" ? "REPEATED" : f.TextAt("type") ?? "").ToArray();
                foreach (var row in answer.ItemsAt("rows"))
                    yield return [.. row.ItemsAt("f").Select((cell, i) => BigQueryColumn.Plain(cell, types[i]))];
                page = answer.TextAt("pageToken");
            }
            complete = true;
        }
        finally
        {
            if (!complete) await CancelAsync(job, location);
        }
    }

    /// <summary>By a dry run, which costs nothing: BigQuery reads, and charges, a table whatever the LIMIT.</summary>
    public async Task<IReadOnlyList<FieldStructure>> DescribeAsync(WarehousePlace place, string select, CancellationToken cancel)
    {
        var tried = await line.SendAsync(HttpMethod.Post, Jobs, Job($"assay_{Guid.NewGuid():n}", place, select, dryRun: true), cancel);
        return [.. tried.ItemsAt("statistics", "query", "schema", "fields").Select((f, i) => WarehouseTypes.Field(f.TextAt("name") ?? "", i + 1, BigQueryColumn.TypeOf(f), null, null))];
    }

    private Dictionary<string, object> Job(string id, WarehousePlace place, string sql, bool dryRun = false)
    {
        var reference = new Dictionary<string, object> { ["projectId"] = access.Project, ["jobId"] = id };
        if (access.Location is { } location) reference["location"] = location;
        var query = new Dictionary<string, object> { ["query"] = sql, ["useLegacySql"] = false };
        if (place is { Catalog: { } project, Schema: { } dataset }) query["defaultDataset"] = new { projectId = project, datasetId = dataset };
        var configuration = new Dictionary<string, object> { ["query"] = query, ["labels"] = new { application = "assay" } };
        if (dryRun) configuration["dryRun"] = true;
        if (access.StatementTimeout is { } timeout) configuration["jobTimeoutMs"] = ((long)timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, object> { ["jobReference"] = reference, ["configuration"] = configuration };
    }

    private async Task CancelAsync(string job, string? location)
    {
        // The job's own time limit ends it.
        await PartingRequest.TryAsync(line.Time, limit => line.SendAsync(HttpMethod.Post, $"{Jobs}/{job}/cancel?{At(location).TrimStart('&')}", null, limit));
    }

    private string Most() => access.FetchSize is { } most ? $"&maxResults={most}" : "";

    private static string At(string? location) => location is null ? "" : $"&location={Uri.EscapeDataString(location)}";
}
