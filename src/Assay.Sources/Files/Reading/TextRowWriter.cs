using System.Text;

namespace Assay.Sources.Files.Reading;

/// <summary>Writes rows of nullable text in the engine's RowBinary.</summary>
internal sealed class TextRowWriter(Stream stream, long? limit) : IAsyncDisposable
{
    private const int FlushAt = 256 * 1024;
    private readonly MemoryStream pending = new();
    private long rows;

    /// <summary>As many rows are written as were asked for.</summary>
    public bool IsFull => rows >= limit;

    public async ValueTask WriteAsync(IReadOnlyList<string?> cells, string partition, CancellationToken cancel)
    {
        foreach (var cell in cells) Write(cell);
        Write(partition);
        rows++;
        if (pending.Length >= FlushAt) await FlushAsync(cancel);
    }

    public async ValueTask DisposeAsync() => await FlushAsync(CancellationToken.None);

    private async ValueTask FlushAsync(CancellationToken cancel)
    {
        await stream.WriteAsync(pending.GetBuffer().AsMemory(0, (int)pending.Length), cancel);
        pending.SetLength(0);
    }

    private void Write(string? text)
    {
        pending.WriteByte(text is null ? (byte)1 : (byte)0);
        if (text is null) return;
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var length = (uint)bytes.Length; ; length >>= 7)
        {
            pending.WriteByte((byte)(length > 0x7F ? length | 0x80 : length));
            if (length <= 0x7F) break;
        }
        pending.Write(bytes);
    }
}
