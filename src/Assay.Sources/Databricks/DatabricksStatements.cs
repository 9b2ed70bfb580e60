using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Databricks;

/// <summary>
/// The Statement Execution interface. Results come as links to the cloud's store, which hold any number of rows; answers themselves hold
/// 25 MB at most. Links are good for minutes, so that each is asked for when its turn comes.
/// </summary>
internal sealed class DatabricksStatements(DatabricksAccess access, DatabricksLine line)
{
    private const string Statements = "/api/2.0/sql/statements";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<string?[]> RunAsync(string warehouse, WarehousePlace place, string sql, [EnumeratorCancellation] CancellationToken cancel)
    {
        var answer = await FinishedAsync(warehouse, place, sql, cancel);
        var binary = Columns(answer).Select(c => c.TextAt("type_name") == "BINARY").ToArray();
        var result = answer.At("result");
        while (result.ValueKind is JsonValueKind.Object)
        {
            var links = result.ItemsAt("external_links").ToList();
            foreach (var link in links)
            {
                using var part = await line.Http.OpenAsync(() => Signed(link), cancel);
                await foreach (var row in JsonRows.ReadAsync(await part.Content.ReadAsStreamAsync(cancel), bare: false, cancel))
                    yield return Plain(row, binary);
            }
            // Small results of statements without rows come without links.
            result = links.Count > 0 && links[^1].TextAt("next_chunk_internal_link") is { } next ? await line.SendAsync(HttpMethod.Get, next, null, cancel) : default;
        }
    }

    public async Task<IReadOnlyList<FieldStructure>> DescribeAsync(string warehouse, WarehousePlace place, string select, CancellationToken cancel) =>
        [.. Columns(await FinishedAsync(warehouse, place, $"{select} LIMIT 0", cancel)).Select((c, i) => WarehouseTypes.Field(c.TextAt("name") ?? "", i + 1, c.TextAt("type_text") ?? "", null, null))];

    private static IEnumerable<JsonElement> Columns(JsonElement answer) => answer.ItemsAt("manifest", "schema", "columns");

    private async Task<JsonElement> FinishedAsync(string warehouse, WarehousePlace place, string sql, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(access.StatementTimeout ?? Timeout.InfiniteTimeSpan, line.Http.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        // Until the answer tells the statement's id it cannot be cancelled: so the answer is not to wait for anything, and nothing cancels it.
        var answer = await line.SendAsync(HttpMethod.Post, Statements, new
        {
            warehouse_id = warehouse,
            statement = sql,
            catalog = place.Catalog,
            schema = place.Schema,
            wait_timeout = "0s",
            on_wait_timeout = "CONTINUE",
            disposition = "EXTERNAL_LINKS",
            format = "JSON_ARRAY",
        }, limit.Token, once: !sql.StartsWith("SELECT", StringComparison.Ordinal));
        var id = answer.TextAt("statement_id") ?? throw new FormatException("The statement has no id.");
        try
        {
            for (var pause = FirstPause; answer.TextAt("status", "state") is "PENDING" or "RUNNING"; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
            {
                await Task.Delay(pause, line.Http.Time, both.Token);
                answer = await line.SendAsync(HttpMethod.Get, $"{Statements}/{id}", null, both.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await CancelAsync(id);
            throw;
        }
        return answer.TextAt("status", "state") == "SUCCEEDED" ? answer : throw DatabricksFaults.OfStatement(answer.At("status"));
    }

    /// <summary>Without the workspace's token: the link is signed, and belongs to another service.</summary>
    private static HttpRequestMessage Signed(JsonElement link)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, link.TextAt("external_link"));
        if (link.At("http_headers") is { ValueKind: JsonValueKind.Object } headers)
            foreach (var header in headers.EnumerateObject()) message.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        return message;
    }

    private static string?[] Plain(string?[] row, bool[] binary)
    {
        for (var i = 0; i < row.Length && i < binary.Length; i++)
            if (binary[i] && row[i] is { } text) row[i] = Convert.ToHexString(Convert.FromBase64String(text));
        return row;
    }

    private async Task CancelAsync(string id)
    {
        // The warehouse's own limit ends it.
        await PartingRequest.TryAsync(line.Http.Time, limit => line.SendAsync(HttpMethod.Post, $"{Statements}/{id}/cancel", new { }, limit));
    }
}
