using System.Globalization;
using System.Text;
using Assay.EngineHost.Native;
using Assay.EngineHost.Statements;

namespace Assay.EngineHost.Http;

/// <summary>The parts of a response that ClickHouse's clients look for.</summary>
internal static class Answer
{
    internal static void Start(HttpResponse response, string id, string format)
    {
        response.ContentType = ContentType(format);
        response.Headers["X-ClickHouse-Query-Id"] = id;
        response.Headers["X-ClickHouse-Format"] = format;
        response.Headers["X-ClickHouse-Timezone"] = "UTC";
        response.Headers["X-ClickHouse-Server-Display-Name"] = "assay-engine";
    }

    internal static void Summarise(HttpResponse response, ChdbResult result) =>
        response.Headers["X-ClickHouse-Summary"] = string.Create(CultureInfo.InvariantCulture,
            $$"""{"read_rows":"{{result.ReadRows}}","read_bytes":"{{result.ReadBytes}}","written_rows":"{{result.WrittenRows}}","written_bytes":"{{result.WrittenBytes}}","total_rows_to_read":"0","result_rows":"{{result.ResultRows}}","result_bytes":"{{result.Output.Length}}","elapsed_ns":"{{(long)(result.Elapsed.TotalSeconds * 1e9)}}"}""");

    internal static Task RefuseAsync(HttpContext context, Refusal refusal, CancellationToken cancellation) =>
        FailAsync(context, refusal.Text, cancellation);

    /// <summary>The engine's error as the whole response.</summary>
    internal static async Task FailAsync(HttpContext context, string error, CancellationToken cancellation)
    {
        var code = ErrorCode.Of(error);
        var body = Encoding.UTF8.GetBytes(error + "\n");
        context.Response.StatusCode = ErrorCode.Status(code);
        context.Response.ContentType = "text/plain; charset=UTF-8";
        context.Response.ContentLength = body.Length;
        context.Response.Headers["X-ClickHouse-Exception-Code"] = code.ToString(CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(body, cancellation);
    }

    private static string ContentType(string format) => format switch
    {
        "TabSeparated" or "TSV" or "TabSeparatedWithNames" or "TSVWithNames" or "TabSeparatedWithNamesAndTypes" or "TSVWithNamesAndTypes"
            => "text/tab-separated-values; charset=UTF-8",
        "CSV" or "CSVWithNames" or "CSVWithNamesAndTypes" => "text/csv; charset=UTF-8; header=present",
        "JSON" or "JSONCompact" or "JSONStrings" => "application/json; charset=UTF-8",
        _ when format.EndsWith("EachRow", StringComparison.Ordinal) => "application/x-ndjson; charset=UTF-8",
        "Parquet" or "ORC" or "Arrow" or "ArrowStream" or "Avro" or "Native" => "application/octet-stream",
        _ when format.StartsWith("RowBinary", StringComparison.Ordinal) => "application/octet-stream",
        _ => "text/plain; charset=UTF-8",
    };
}
