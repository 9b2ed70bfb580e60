using System.IO.Pipelines;

namespace Assay.Sources.Writing;

/// <summary>Rows as a stream of their lines. They are put into words on a thread of their own, a little ahead of who takes them.</summary>
internal sealed class LineStream : IAsyncDisposable
{
    private const int MostAhead = 1 << 20;
    private readonly Pipe pipe = new(new PipeOptions(pauseWriterThreshold: MostAhead, resumeWriterThreshold: MostAhead / 2, minimumSegmentSize: 1 << 16, useSynchronizationContext: false));
    private readonly CancellationTokenSource stop;
    private readonly Task writing;

    public LineStream(Func<RowLines, CancellationToken, Task> write, int columns, bool zeroBytes, CancellationToken cancel)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Bytes = pipe.Reader.AsStream();
        writing = Task.Run(() => FillAsync(write, new RowLines(pipe.Writer.AsStream(leaveOpen: true), columns, zeroBytes), stop.Token), CancellationToken.None);
    }

    /// <summary>To be read once. Whatever the writing of rows throws comes out of it.</summary>
    public Stream Bytes { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Bytes.DisposeAsync();
        await writing; // it has told the pipe how it ended
        stop.Dispose();
    }

    private async Task FillAsync(Func<RowLines, CancellationToken, Task> write, RowLines lines, CancellationToken cancel)
    {
        try
        {
            await write(lines, cancel);
            await lines.FlushAsync(cancel);
            await pipe.Writer.CompleteAsync();
        }
        catch (Exception problem)
        {
            await pipe.Writer.CompleteAsync(problem);
        }
    }
}
