using System.IO.Pipelines;

namespace Assay.Sources.Writing;

/// <summary>Rows as a stream of their lines. They are put into words on threads of their own, a little ahead of who takes them.</summary>
internal sealed class LineStream : IAsyncDisposable
{
    private const int MostAhead = 1 << 20;
    private readonly Pipe pipe = new(new PipeOptions(pauseWriterThreshold: MostAhead, resumeWriterThreshold: MostAhead / 2, minimumSegmentSize: 1 << 16, useSynchronizationContext: false));
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource stop;
    private readonly Task writing;

    /// <param name="writers">Each writes a share of the rows; their lines come as they are ready.</param>
    public LineStream(IReadOnlyList<Func<RowLines, CancellationToken, Task>> writers, int columns, bool zeroBytes, CancellationToken cancel)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Bytes = pipe.Reader.AsStream();
        writing = Task.Run(() => FillAsync([.. writers.Select(write => (write, new RowLines(SendAsync, columns, zeroBytes)))], stop.Token), CancellationToken.None);
    }

    /// <summary>To be read once. Whatever the writing of rows throws comes out of it.</summary>
    public Stream Bytes { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Bytes.DisposeAsync();
        await writing; // it has told the pipe how it ended
        stop.Dispose();
        turn.Dispose();
    }

    private async Task FillAsync(IReadOnlyList<(Func<RowLines, CancellationToken, Task> Write, RowLines Lines)> shares, CancellationToken cancel)
    {
        try
        {
            await Task.WhenAll(shares.Select(share => Task.Run(() => FillAsync(share.Write, share.Lines, cancel), cancel)));
            await pipe.Writer.CompleteAsync();
        }
        catch (Exception problem)
        {
            await pipe.Writer.CompleteAsync(problem);
        }
    }

    private async Task FillAsync(Func<RowLines, CancellationToken, Task> write, RowLines lines, CancellationToken cancel)
    {
        try
        {
            await write(lines, cancel);
            await lines.FlushAsync(cancel);
        }
        catch
        {
            await stop.CancelAsync(); // the others need not go on
            throw;
        }
    }

    // Lines are sent whole, so that those of several writers do not mix.
    private async ValueTask SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            await pipe.Writer.WriteAsync(lines, cancel);
        }
        finally
        {
            turn.Release();
        }
    }
}
