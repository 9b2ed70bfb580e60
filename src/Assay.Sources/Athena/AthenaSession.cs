using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.Runtime;
using Assay.Sources.Aws;
using Assay.Sources.Contract;
using Assay.Sources.S3;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Athena;

/// <summary>Requests of one identity. A role's temporary keys are kept in memory and renewed by themselves.</summary>
internal sealed class AthenaSession(AthenaAccess access, WarehouseHttp http) : IWarehouseSession
{
    private const int TablesPerPage = 50;
    private const int RowsPerPage = 1000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(5);

    private readonly AWSCredentials identity = new S3Clients(http.Guard, http.Time).CredentialsOf(access.Identity);

    public SourceProduct Product { get; } = new("Amazon Athena", "2017-05-18", "Assay", typeof(AthenaSession).Assembly.GetName().Version!.ToString(3));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async IAsyncEnumerable<string?[]> QueryAsync(WarehousePlace place, string sql, [EnumeratorCancellation] CancellationToken cancel)
    {
        var id = await FinishedAsync(place, sql, cancel);
        var header = true;
        for (string? page = ""; page is not null;)
        {
            var answer = await SendAsync("GetQueryResults", With(new() { ["QueryExecutionId"] = id, ["MaxResults"] = Math.Min(access.FetchSize ?? RowsPerPage, RowsPerPage) }, page), cancel);
            var types = Columns(answer).Select(c => c.TextAt("Type") ?? "").ToArray();
            foreach (var row in answer.ItemsAt("ResultSet", "Rows"))
            {
                // A SELECT's first row holds the columns' names.
                if (!header) yield return [.. row.ItemsAt("Data").Select((cell, i) => Plain(cell.TextAt("VarCharValue"), types[i]))];
                header = false;
            }
            page = answer.TextAt("NextToken");
        }
    }

    public async Task<IReadOnlyList<FieldStructure>> DescribeAsync(WarehousePlace place, string select, CancellationToken cancel)
    {
        var id = await FinishedAsync(place, $"{select} LIMIT 0", cancel);
        var answer = await SendAsync("GetQueryResults", new() { ["QueryExecutionId"] = id, ["MaxResults"] = 1 }, cancel);
        return [.. Columns(answer).Select((c, i) => WarehouseTypes.Field(c.TextAt("Name") ?? "", i + 1, Type(c), null, null))];
    }

    private static IEnumerable<JsonElement> Columns(JsonElement answer) => answer.ItemsAt("ResultSet", "ResultSetMetadata", "ColumnInfo");

    /// <summary>Digits stand beside the type; what an array or struct holds is not told.</summary>
    private static string Type(JsonElement column) => column.TextAt("Type") is "decimal" ? $"decimal({column.TextAt("Precision")},{column.TextAt("Scale")})" : column.TextAt("Type") ?? "";

    public async Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel) => Sorted(
        await PagesAsync("ListDataCatalogs", new() { ["MaxResults"] = 50, ["WorkGroup"] = access.Workgroup }, "DataCatalogsSummary", cancel)
            .Select(c => new CatalogEntry(c.TextAt("CatalogName")!, false)).ToListAsync(cancel));

    public async Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel) => Sorted(
        await PagesAsync("ListDatabases", new() { ["CatalogName"] = string.IsNullOrEmpty(catalog) ? "AwsDataCatalog" : catalog, ["MaxResults"] = 50, ["WorkGroup"] = access.Workgroup }, "DatabaseList", cancel)
            .Select(d => new CatalogEntry(d.TextAt("Name")!, d.TextAt("Name") == "information_schema")).ToListAsync(cancel));

    /// <summary>Pages of 50 tables with their columns, from the catalog itself: it costs no statement.</summary>
    public async IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new Dictionary<string, object> { ["CatalogName"] = place.Catalog!, ["DatabaseName"] = place.Schema!, ["MaxResults"] = TablesPerPage, ["WorkGroup"] = access.Workgroup };
        await foreach (var table in PagesAsync("ListTableMetadata", request, "TableMetadataList", cancel))
        {
            // All tables of the data catalog are external to Athena; what counts is whether one is a view.
            var kind = table.TextAt("TableType") is "VIRTUAL_VIEW" or "VIEW" ? ContainerKind.View : ContainerKind.Table;
            if (!(kind is ContainerKind.View ? list.Views : list.Tables) || !list.Wants(table.TextAt("Name")!)) continue;
            yield return new ContainerStructure
            {
                Name = table.TextAt("Name")!,
                Kind = kind,
                Remarks = table.TextAt("Parameters", "comment") is { Length: > 0 } comment ? comment : null,
                Fields = [.. table.ItemsAt("Columns").Concat(table.ItemsAt("PartitionKeys")).Select((c, i) =>
                    WarehouseTypes.Field(c.TextAt("Name")!, i + 1, c.TextAt("Type") ?? "", null, c.TextAt("Comment")))],
            };
        }
    }

    private async Task<string> FinishedAsync(WarehousePlace place, string sql, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(access.StatementTimeout ?? Timeout.InfiniteTimeSpan, http.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var request = new Dictionary<string, object> { ["QueryString"] = sql, ["ClientRequestToken"] = $"{Guid.NewGuid():d}", ["WorkGroup"] = access.Workgroup };
        if (place is { Catalog: { } catalog, Schema: { } schema }) request["QueryExecutionContext"] = new { Catalog = catalog, Database = schema };
        if (access.Output is { } output) request["ResultConfiguration"] = new { OutputLocation = output };
        // It does not wait for the statement; and until its answer is there, nothing could be stopped.
        var id = (await SendAsync("StartQueryExecution", request, limit.Token)).TextAt("QueryExecutionId") ?? throw new FormatException("The statement has no id.");
        try
        {
            for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
            {
                var status = (await SendAsync("GetQueryExecution", new() { ["QueryExecutionId"] = id }, both.Token)).At("QueryExecution", "Status");
                if (status.TextAt("State") == "SUCCEEDED") return id;
                if (status.TextAt("State") is "FAILED" or "CANCELLED") throw AthenaFaults.OfStatement(status);
                await Task.Delay(pause, http.Time, both.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await StopAsync(id);
            throw;
        }
    }

    private async IAsyncEnumerable<JsonElement> PagesAsync(string action, Dictionary<string, object> request, string items, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (string? page = ""; page is not null;)
        {
            var answer = await SendAsync(action, With(request, page), cancel);
            foreach (var item in answer.ItemsAt(items)) yield return item;
            page = answer.TextAt("NextToken");
        }
    }

    private async Task<JsonElement> SendAsync(string action, Dictionary<string, object> request, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request);
        var keys = await KeysAsync();
        var answer = await http.SendAsync(() =>
        {
            var message = new HttpRequestMessage(HttpMethod.Post, access.Endpoint);
            new AwsSignature("athena", access.Region).Sign(message, body, "application/x-amz-json-1.1", $"AmazonAthena.{action}", keys, http.Time.GetUtcNow());
            return message;
        }, cancel);
        return answer.Succeeded ? answer.Body : throw AthenaFaults.OfAnswer(answer, access);
    }

    private async Task<ImmutableCredentials> KeysAsync()
    {
        try
        {
            return await identity.GetCredentialsAsync();
        }
        catch (SourceException e)
        {
            throw new WarehouseRefusal(e.Fault.Code, e.Fault.Message, e.InnerException?.Message);
        }
    }

    private async Task StopAsync(string id)
    {
        try
        {
            using var limit = new CancellationTokenSource(CancelLimit, http.Time);
            await SendAsync("StopQueryExecution", new() { ["QueryExecutionId"] = id }, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or WarehouseRefusal or JsonException)
        {
            // The workgroup's own limit ends it.
        }
    }

    private static Dictionary<string, object> With(Dictionary<string, object> request, string page)
    {
        if (page.Length > 0) request["NextToken"] = page;
        return request;
    }

    private static string? Plain(string? text, string type) => type switch
    {
        "varbinary" => text?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
        "timestamp with time zone" => text?.EndsWith(" UTC", StringComparison.Ordinal) == true ? text[..^4] : text,
        _ => text,
    };

    private static CatalogEntry[] Sorted(List<CatalogEntry> entries) => [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)];
}
