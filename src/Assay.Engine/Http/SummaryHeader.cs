using System.Text.Json;

namespace Assay.Engine.Http;

/// <summary>Reads X-ClickHouse-Summary.</summary>
internal static class SummaryHeader
{
    internal static EngineSummary Read(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("X-ClickHouse-Summary", out var values))
            return new EngineSummary(0, 0, 0, 0, 0);
        using var json = JsonDocument.Parse(values.First());
        ulong Count(string name) => json.RootElement.TryGetProperty(name, out var value) && ulong.TryParse(value.ToString(), out var count) ? count : 0;
        return new EngineSummary(Count("read_rows"), Count("read_bytes"), Count("written_rows"), Count("written_bytes"), Count("result_rows"));
    }
}
