using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Athena;

/// <summary>Statements, whose results Athena keeps and gives out by pages.</summary>
internal sealed class AthenaStatements(AthenaAccess access, AthenaLine line)
{
    private const int RowsPerPage = 1000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<string?[]> RunAsync(WarehousePlace place, string sql, [EnumeratorCancellation] CancellationToken cancel)
    {
        var id = await FinishedAsync(place, sql, cancel);
        var header = true;
        for (string? page = ""; page is not null;)
        {
            var answer = await line.SendAsync("GetQueryResults", AthenaLine.With(new() { ["QueryExecutionId"] = id, ["MaxResults"] = Math.Min(access.FetchSize ?? RowsPerPage, RowsPerPage) }, page), cancel);
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
        var answer = await line.SendAsync("GetQueryResults", new() { ["QueryExecutionId"] = id, ["MaxResults"] = 1 }, cancel);
        return [.. Columns(answer).Select((c, i) => WarehouseTypes.Field(c.TextAt("Name") ?? "", i + 1, Type(c), null, null))];
    }

    private static IEnumerable<JsonElement> Columns(JsonElement answer) => answer.ItemsAt("ResultSet", "ResultSetMetadata", "ColumnInfo");

    /// <summary>Digits stand beside the type; what an array or struct holds is not told.</summary>
    private static string Type(JsonElement column) => column.TextAt("Type") is "decimal" ? $"decimal({column.TextAt("Precision")},{column.TextAt("Scale")})" : column.TextAt("Type") ?? "";

    private async Task<string> FinishedAsync(WarehousePlace place, string sql, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(access.StatementTimeout ?? Timeout.InfiniteTimeSpan, line.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var request = new Dictionary<string, object> { ["QueryString"] = sql, ["ClientRequestToken"] = $"{Guid.NewGuid():d}", ["WorkGroup"] = access.Workgroup };
        if (place is { Catalog: { } catalog, Schema: { } schema }) request["QueryExecutionContext"] = new { Catalog = catalog, Database = schema };
        if (access.Output is { } output) request["ResultConfiguration"] = new { OutputLocation = output };
        // It does not wait for the statement; and until its answer is there, nothing could be stopped.
        var id = (await line.SendAsync("StartQueryExecution", request, limit.Token)).TextAt("QueryExecutionId") ?? throw new FormatException("The statement has no id.");
        try
        {
            for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
            {
                var status = (await line.SendAsync("GetQueryExecution", new() { ["QueryExecutionId"] = id }, both.Token)).At("QueryExecution", "Status");
                if (status.TextAt("State") == "SUCCEEDED") return id;
                if (status.TextAt("State") is "FAILED" or "CANCELLED") throw AthenaFaults.OfStatement(status);
                await Task.Delay(pause, line.Time, both.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await StopAsync(id);
            throw;
        }
    }

    private async Task StopAsync(string id)
    {
        // The workgroup's own limit ends it.
        await PartingRequest.TryAsync(line.Time, limit => line.SendAsync("StopQueryExecution", new() { ["QueryExecutionId"] = id }, limit));
    }

    private static string? Plain(string? text, string type) => type switch
    {
        "varbinary" => text?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
        "timestamp with time zone" => text?.EndsWith(" UTC", StringComparison.Ordinal) == true ? text[..^4] : text,
        _ => text,
    };
}
