using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Gcs;
using Assay.Sources.Warehouses;

namespace Assay.Sources.BigQuery;

/// <summary>Jobs of one service account. Its token is kept in memory and renewed by Google's library.</summary>
internal sealed class BigQuerySession : IWarehouseSession
{
    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(5);

    private readonly BigQueryAccess access;
    private readonly WarehouseHttp http;
    private readonly GoogleSignIn signIn;
    private readonly BigQueryDialect sql = new();

    private BigQuerySession(BigQueryAccess access, WarehouseHttp http) =>
        (this.access, this.http, signIn) = (access, http, new GoogleSignIn(access.Account, http.Guard, GoogleSignIn.BigQuery));

    public SourceProduct Product { get; } = new("BigQuery", "v2", "Assay", typeof(BigQuerySession).Assembly.GetName().Version!.ToString(3));

    public static async Task<BigQuerySession> OpenAsync(BigQueryAccess access, WarehouseHttp http, CancellationToken cancel)
    {
        var session = new BigQuerySession(access, http);
        try
        {
            await session.TokenAsync(cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        signIn.Dispose();
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string?[]> QueryAsync(WarehousePlace place, string sql, [EnumeratorCancellation] CancellationToken cancel)
    {
        // An id of our own: so that the job can be cancelled whatever answer has come.
        var job = $"assay_{Guid.NewGuid():n}";
        string? location = access.Location;
        using var limit = new CancellationTokenSource(access.StatementTimeout ?? Timeout.InfiniteTimeSpan, http.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var complete = false;
        try
        {
            var begun = await SendAsync(HttpMethod.Post, $"projects/{Escape(access.Project)}/jobs", Job(job, place, sql), both.Token);
            location = begun.TextAt("jobReference", "location") ?? location;
            if (begun.At("status", "errorResult") is { ValueKind: JsonValueKind.Object } refused)
            {
                complete = true;
                throw BigQueryFaults.OfJob(refused, access);
            }
            for (string? page = ""; page is not null;)
            {
                var answer = await SendAsync(HttpMethod.Get,
                    $"projects/{Escape(access.Project)}/queries/{job}?timeoutMs=10000&formatOptions.useInt64Timestamp=true{At(location)}{(page.Length > 0 ? $"&pageToken={Escape(page)}" : "")}{Most()}", null, both.Token);
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
        var tried = await SendAsync(HttpMethod.Post, $"projects/{Escape(access.Project)}/jobs", Job($"assay_{Guid.NewGuid():n}", place, select, dryRun: true), cancel);
        return [.. tried.ItemsAt("statistics", "query", "schema", "fields").Select((f, i) => WarehouseTypes.Field(f.TextAt("name") ?? "", i + 1, BigQueryColumn.TypeOf(f), null, null))];
    }

    public Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel) =>
        ListAsync("projects?", "projects", project => new CatalogEntry(project.TextAt("id")!, false), cancel);

    public Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel) =>
        ListAsync($"projects/{Escape(string.IsNullOrEmpty(catalog) ? access.Project : catalog)}/datasets?", "datasets", dataset => new CatalogEntry(dataset.TextAt("datasetReference", "datasetId")!, false), cancel);

    public IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, CancellationToken cancel)
    {
        var dataset = $"{sql.Quote(place.Catalog!)}.{sql.Quote(place.Schema!)}";
        var from = $"{dataset}.INFORMATION_SCHEMA";
        return new InformationSchema(
            $"SELECT t.table_name, t.table_type, NULL, r.row_count FROM {from}.TABLES t LEFT JOIN {dataset}.__TABLES__ r ON r.table_id = t.table_name AND r.type = 1",
            $"""
            SELECT c.table_name, c.column_name, c.data_type, c.is_nullable, p.description FROM {from}.COLUMNS c
            LEFT JOIN {from}.COLUMN_FIELD_PATHS p ON p.table_name = c.table_name AND p.column_name = c.column_name AND p.field_path = c.column_name
            WHERE c.is_hidden = 'NO' ORDER BY c.table_name, c.ordinal_position
            """,
            $"""
            SELECT t.constraint_type, k.table_name, k.constraint_name, k.ordinal_position, k.column_name, u.table_schema, u.table_name, p.column_name
            FROM {from}.TABLE_CONSTRAINTS t
            JOIN {from}.KEY_COLUMN_USAGE k ON k.constraint_name = t.constraint_name AND k.table_name = t.table_name
            LEFT JOIN (SELECT DISTINCT constraint_name, table_schema, table_name FROM {from}.CONSTRAINT_COLUMN_USAGE x) u ON u.constraint_name = t.constraint_name AND t.constraint_type = 'FOREIGN KEY'
            LEFT JOIN {from}.TABLE_CONSTRAINTS q ON q.table_name = u.table_name AND q.constraint_type = 'PRIMARY KEY'
            LEFT JOIN {from}.KEY_COLUMN_USAGE p ON p.constraint_name = q.constraint_name AND p.table_name = q.table_name AND p.ordinal_position = k.position_in_unique_constraint
            """).ListAsync(this, list, cancel);
    }

    private Dictionary<string, object> Job(string id, WarehousePlace place, string sql, bool dryRun = false)
    {
        var reference = new Dictionary<string, object> { ["projectId"] = access.Project, ["jobId"] = id };
        if (access.Location is { } location) reference["location"] = location;
        var query = new Dictionary<string, object> { ["query"] = sql, ["useLegacySql"] = false };
        if (place is { Catalog: { } project, Schema: { } dataset }) query["defaultDataset"] = new { projectId = project, datasetId = dataset };
        var configuration = new Dictionary<string, object> { ["query"] = query, ["labels"] = new { application = "assay" } };
        if (dryRun) configuration["dryRun"] = true;
        if (access.StatementTimeout is { } timeout) configuration["jobTimeoutMs"] = ((long)timeout.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new Dictionary<string, object> { ["jobReference"] = reference, ["configuration"] = configuration };
    }

    private async Task<IReadOnlyList<CatalogEntry>> ListAsync(string path, string items, Func<JsonElement, CatalogEntry> entry, CancellationToken cancel)
    {
        var entries = new List<CatalogEntry>();
        for (string? page = ""; page is not null;)
        {
            var answer = await SendAsync(HttpMethod.Get, $"{path}maxResults=1000{(page.Length > 0 ? $"&pageToken={Escape(page)}" : "")}", null, cancel);
            entries.AddRange(answer.ItemsAt(items).Select(entry));
            page = answer.TextAt("nextPageToken");
        }
        return [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        var token = await TokenAsync(cancel);
        var answer = await http.SendAsync(() =>
        {
            var message = new HttpRequestMessage(method, new Uri(access.Endpoint, $"/bigquery/v2/{path}"));
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (body is not null) message.Content = WarehouseHttp.Json(body);
            return message;
        }, cancel);
        return answer.Succeeded ? answer.Body : throw BigQueryFaults.OfAnswer(answer, access);
    }

    private async Task<string> TokenAsync(CancellationToken cancel)
    {
        try
        {
            return await signIn.TokenAsync(cancel);
        }
        catch (SourceException e)
        {
            throw new WarehouseRefusal(e.Fault.Code, e.Fault.Message, e.InnerException?.Message);
        }
    }

    private async Task CancelAsync(string job, string? location)
    {
        try
        {
            using var limit = new CancellationTokenSource(CancelLimit, http.Time);
            await SendAsync(HttpMethod.Post, $"projects/{Escape(access.Project)}/jobs/{job}/cancel?{At(location).TrimStart('&')}", null, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or WarehouseRefusal or JsonException)
        {
            // The job's own time limit ends it.
        }
    }

    private string Most() => access.FetchSize is { } most ? $"&maxResults={most}" : "";

    private static string At(string? location) => location is null ? "" : $"&location={Escape(location)}";

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
