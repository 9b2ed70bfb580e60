namespace Assay.Engine.Http;

/// <summary>
/// A result's bytes as they come. Failures of the connection and errors within the response surface as what they mean
/// for the statement; giving the stream up early stops the statement.
/// </summary>
internal sealed class ResultStream(EngineCall call, Stream body, ExceptionFrame? frame) : Stream
{
    // Only used when a frame can come.
    private readonly byte[] _buffer = frame is null ? [] : new byte[128 << 10];
    private int _start;
    private int _end;
    private int _frameAt = -1;
    private bool _atEnd;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellation = default)
    {
        await using var registration = cancellation == call.Cancellation ? default : cancellation.UnsafeRegister(state => ((EngineCall)state!).Stop(), call);
        try
        {
            return frame is null ? await ReadBodyAsync(target) : await ReadFramedAsync(frame, target);
        }
        catch (Exception e) when (e is not EngineException)
        {
            throw await call.ExplainAsync(e, cancellation);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A result of the engine is read asynchronously.");

    public override async ValueTask DisposeAsync()
    {
        await body.DisposeAsync();
        await call.DisposeAsync();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<int> ReadBodyAsync(Memory<byte> target)
    {
        var read = await body.ReadAsync(target, call.Stopping);
        if (read == 0 && target.Length > 0)
            call.End();
        return read;
    }

    private async ValueTask<int> ReadFramedAsync(ExceptionFrame frame, Memory<byte> target)
    {
        while (true)
        {
            var safe = (_frameAt >= 0 ? _frameAt : _atEnd ? _end : _end - frame.Length) - _start;
            if (safe > 0)
            {
                var count = Math.Min(safe, target.Length);
                _buffer.AsMemory(_start, count).CopyTo(target);
                _start += count;
                return count;
            }

            if (_frameAt >= 0)
                throw call.Failed(await frame.ReadTextAsync(_buffer.AsMemory(_frameAt, _end - _frameAt), body, call.Stopping));
            if (_atEnd)
                return 0;
            await FillAsync(frame);
        }
    }

    private async ValueTask FillAsync(ExceptionFrame frame)
    {
        Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
        (_start, _end) = (0, _end - _start);
        var read = await ReadBodyAsync(_buffer.AsMemory(_end));
        _end += read;
        _atEnd = read == 0;
        _frameAt = frame.Find(_buffer.AsSpan(0, _end));
    }
}
