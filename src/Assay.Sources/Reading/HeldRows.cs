namespace Assay.Sources.Reading;

/// <summary>
/// Takes in rows before it is known where they go: as long as they are few they are held; with one more than that, their writer waits until it
/// is told where to. So a small table is known to be small by what came of it, whatever its catalogue says.
/// </summary>
/// <param name="most">Bytes that are held.</param>
internal sealed class HeldRows(int most) : Stream
{
    private readonly MemoryStream held = new();
    private readonly TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Stream> target = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool passing;

    /// <summary>Done when there are more rows than are held.</summary>
    public Task Full => full.Task;

    /// <summary>The rows that are held.</summary>
    public ReadOnlyMemory<byte> Bytes => held.GetBuffer().AsMemory(0, (int)held.Length);

    /// <summary>Where those that are held go, and after them all others.</summary>
    public void PassTo(Stream stream) => target.TrySetResult(stream);

    /// <summary>They go nowhere: a writer that waits, or would have to, is cancelled, also where it gave no token.</summary>
    public void Abandon() => target.TrySetCanceled();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!passing)
        {
            if (held.Length + buffer.Length <= most)
            {
                held.Write(buffer.Span);
                return;
            }
            full.TrySetResult();
            await (await target.Task.WaitAsync(cancellationToken)).WriteAsync(Bytes, cancellationToken);
            held.SetLength(0);
            held.Capacity = 0;
            passing = true;
        }
        await (await target.Task).WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => passing ? target.Task.Result.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
