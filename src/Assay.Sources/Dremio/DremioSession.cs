using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Dremio;

/// <summary>Jobs of one user. The token of a sign-in by password is kept in memory only.</summary>
internal sealed class DremioSession : IWarehouseSession
{
    /// <summary>Dremio gives no more rows than this at once.</summary>
    private const int RowsPerPage = 500;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly DremioAccess access;
    private readonly WarehouseHttp http;
    private readonly string authority;
    private readonly string root;
    private readonly DremioDialect sql = new();

    private DremioSession(DremioAccess access, WarehouseHttp http, string authority) =>
        (this.access, this.http, this.authority, root) = (access, http, authority, access.Project is null ? "/api/v3" : $"/v0/projects/{access.Project}");

    public SourceProduct Product { get; } = new("Dremio", "", "Assay", typeof(DremioSession).Assembly.GetName().Version!.ToString(3));

    public static async Task<DremioSession> OpenAsync(DremioAccess access, WarehouseHttp http, CancellationToken cancel)
    {
        var authority = access.ByPassword ? await SignInAsync(access, http, cancel) : $"Bearer {access.Password.Reveal()}";
        var session = new DremioSession(access, http, authority);
        // Tells whether the token is good.
        await foreach (var _ in session.QueryAsync(new WarehousePlace(), "SELECT 1", cancel)) { }
        return session;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async IAsyncEnumerable<string?[]> QueryAsync(WarehousePlace place, string sql, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (id, rows) = await FinishedAsync(place, sql, cancel);
        for (long from = 0; from < rows;)
        {
            var page = await ResultsAsync(id, from, cancel);
            var names = page.ItemsAt("schema").Select(c => c.TextAt("name")!).ToArray();
            var read = 0;
            foreach (var row in page.ItemsAt("rows"))
            {
                read++;
                yield return [.. names.Select(name => row.TextAt(name))];
            }
            if (read == 0) throw new FormatException("The result ended before its last row.");
            from += read;
        }
    }

    public async Task<IReadOnlyList<FieldStructure>> DescribeAsync(WarehousePlace place, string select, CancellationToken cancel)
    {
        var (id, _) = await FinishedAsync(place, $"{select} LIMIT 0", cancel);
        return [.. (await ResultsAsync(id, 0, cancel)).ItemsAt("schema").Select((c, i) => WarehouseTypes.Field(c.TextAt("name") ?? "", i + 1, DremioTypes.Native(c.At("type")), null, null))];
    }

    private Task<JsonElement> ResultsAsync(string id, long from, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, $"/job/{id}/results?offset={from}&limit={RowsPerPage}", null, cancel);

    public Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<CatalogEntry>>([]);

    public Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel) =>
        InformationSchema.NamesAsync(this, "SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA", name => name is "INFORMATION_SCHEMA" or "sys" || name.StartsWith("sys.", StringComparison.Ordinal), cancel);

    public IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, CancellationToken cancel)
    {
        var schema = sql.Text(place.Schema!);
        return new InformationSchema(
            $"SELECT TABLE_NAME, TABLE_TYPE, CAST(NULL AS VARCHAR) AS REMARKS, CAST(NULL AS VARCHAR) AS ROW_COUNT FROM INFORMATION_SCHEMA.\"TABLES\" WHERE TABLE_SCHEMA = {schema}",
            $"""
            SELECT TABLE_NAME, COLUMN_NAME, CASE WHEN DATA_TYPE = 'DECIMAL' THEN 'DECIMAL(' || CAST(NUMERIC_PRECISION AS VARCHAR) || ',' || CAST(NUMERIC_SCALE AS VARCHAR) || ')' ELSE DATA_TYPE END AS NATIVE_TYPE, IS_NULLABLE,
              CAST(NULL AS VARCHAR) AS REMARKS FROM INFORMATION_SCHEMA."COLUMNS" WHERE TABLE_SCHEMA = {schema} ORDER BY TABLE_NAME, ORDINAL_POSITION
            """).ListAsync(this, list, cancel);
    }

    private static async Task<string> SignInAsync(DremioAccess access, WarehouseHttp http, CancellationToken cancel)
    {
        var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, new Uri(access.Endpoint, "/apiv2/login"))
        {
            Content = WarehouseHttp.Json(new { userName = access.User, password = access.Password.Reveal() }),
        }, cancel);
        return answer.Succeeded && answer.Body.TextAt("token") is { } token ? $"_dremio{token}" : throw DremioFaults.OfStatus(answer, access);
    }

    private async Task<(string Id, long Rows)> FinishedAsync(WarehousePlace place, string sql, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(access.StatementTimeout ?? Timeout.InfiniteTimeSpan, http.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        // It does not wait for the statement; and until its answer is there, nothing could be cancelled.
        var id = (await SendAsync(HttpMethod.Post, "/sql", new { sql, context = place.Schema?.Split('.') }, limit.Token)).TextAt("id") ?? throw new FormatException("The job has no id.");
        try
        {
            for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
            {
                var job = await SendAsync(HttpMethod.Get, $"/job/{id}", null, both.Token);
                if (job.TextAt("jobState") == "COMPLETED") return (id, job.NumberAt("rowCount") ?? 0);
                if (job.TextAt("jobState") is "FAILED" or "CANCELED" or "CANCELLED") throw DremioFaults.OfJob(job);
                await Task.Delay(pause, http.Time, both.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await CancelAsync(id);
            throw;
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        var answer = await http.SendAsync(() =>
        {
            var message = new HttpRequestMessage(method, new Uri(access.Endpoint, root + path));
            message.Headers.TryAddWithoutValidation("Authorization", authority);
            if (body is not null) message.Content = WarehouseHttp.Json(body);
            return message;
        }, cancel);
        return answer.Succeeded ? answer.Body : throw DremioFaults.OfStatus(answer, access);
    }

    private async Task CancelAsync(string id)
    {
        // The engine's own limit ends it.
        await PartingRequest.TryAsync(http.Time, limit => SendAsync(HttpMethod.Post, $"/job/{id}/cancel", null, limit));
    }
}
