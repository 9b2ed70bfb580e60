namespace Assay.Server.Reading;

/// <summary>Text as it passes by, its lines counted. One that ends within a line has not been read to its end.</summary>
internal sealed class WatchedLines(Stream text, IProgress<long> seen) : Stream
{
    private const long Reported = 1 << 14;
    private long lines, told;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await text.ReadAsync(buffer, cancellationToken);
        Count(buffer.Span[..read], read == 0);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = text.Read(buffer, offset, count);
        Count(buffer.AsSpan(offset, read), read == 0);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await text.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> passed, bool atEnd)
    {
        lines += passed.Count((byte)'\n');
        if (!atEnd && lines - told < Reported) return;
        told = lines;
        seen.Report(lines);
    }
}
