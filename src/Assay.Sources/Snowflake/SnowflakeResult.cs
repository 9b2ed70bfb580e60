using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

/// <summary>
/// A statement's result: the first rows came with the answer, the others lie as compressed parts at addresses of the cloud's store, signed
/// for some hours. While one part is read the next is fetched.
/// </summary>
internal sealed class SnowflakeResult(JsonElement data)
{
    private readonly SnowflakeColumn[] columns = [.. data.ItemsAt("rowtype").Select(SnowflakeColumn.Of)];

    /// <summary>The columns as fields.</summary>
    public IReadOnlyList<FieldStructure> Fields => [.. data.ItemsAt("rowtype").Select((column, i) =>
    {
        var scale = (int?)column.NumberAt("scale");
        var (type, native, size, digits) = SnowflakeTypes.Of(SnowflakeTypes.Plain(column.TextAt("type") ?? ""), column.NumberAt("length"), (int?)column.NumberAt("precision"), scale, scale);
        return new FieldStructure(columns[i].Name, i + 1, type, native, null, size, digits);
    })];

    /// <summary>The position of a column by name: what SHOW tells has more columns with each year.</summary>
    public int Position(string column) => Array.FindIndex(columns, c => string.Equals(c.Name, column, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at
        ? at
        : throw new FormatException($"The result has no column '{column}'.");

    public async IAsyncEnumerable<string?[]> RowsAsync(WarehouseHttp http, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var row in data.ItemsAt("rowset"))
            yield return Plain([.. row.EnumerateArray().Select(cell => cell.Text())]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var addresses = new Queue<string>(data.ItemsAt("chunks").Select(chunk => chunk.TextAt("url")!));
        var next = addresses.TryDequeue(out var first) ? FetchAsync(http, first, stop.Token) : null;
        try
        {
            while (next is not null)
            {
                var part = await next;
                next = addresses.TryDequeue(out var following) ? FetchAsync(http, following, stop.Token) : null;
                await foreach (var row in JsonRows.ReadAsync(Unpacked(part), bare: true, cancel)) yield return Plain(row);
            }
        }
        finally
        {
            await stop.CancelAsync();
            if (next is not null) await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string?[] Plain(string?[] row)
    {
        for (var i = 0; i < row.Length; i++)
            if (row[i] is { } text) row[i] = columns[i].Plain(text);
        return row;
    }

    private async Task<byte[]> FetchAsync(WarehouseHttp http, string address, CancellationToken cancel)
    {
        using var answer = await http.OpenAsync(() =>
        {
            // Without the session's token: the address itself is signed, and belongs to another service.
            var message = new HttpRequestMessage(HttpMethod.Get, address);
            if (data.At("chunkHeaders") is { ValueKind: JsonValueKind.Object } headers)
                foreach (var header in headers.EnumerateObject()) message.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            else if (data.TextAt("qrmk") is { } key)
            {
                message.Headers.Add("x-amz-server-side-encryption-customer-algorithm", "AES256");
                message.Headers.Add("x-amz-server-side-encryption-customer-key", key);
            }
            return message;
        }, cancel);
        return await answer.Content.ReadAsByteArrayAsync(cancel);
    }

    /// <summary>Some clouds say that a part is compressed, others do not.</summary>
    private static Stream Unpacked(byte[] part)
    {
        var stream = new MemoryStream(part, writable: false);
        return part is [0x1f, 0x8b, ..] ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
