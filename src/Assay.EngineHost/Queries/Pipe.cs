using Assay.EngineHost.Native;
using Microsoft.Win32.SafeHandles;

namespace Assay.EngineHost.Queries;

/// <summary>
/// A named pipe between the host and the engine within this process. The host holds both ends, so that neither side
/// waits in open() for the other and a statement that fails early leaves nobody hanging.
/// </summary>
internal sealed class Pipe : IDisposable
{
    private const int Capacity = 1 << 20;
    private const int OwnEnds = 2;

    private readonly SafeFileHandle _reading;
    private readonly SafeFileHandle _writing;

    private Pipe(string path)
    {
        Path = path;
        Libc.MakeFifo(path);
        _reading = Libc.OpenForReading(path);
        _writing = Libc.OpenForWriting(path);
        Libc.Widen(_writing, Capacity);
        Reader = new FileStream(_reading, FileAccess.Read, bufferSize: 0);
        Writer = new FileStream(_writing, FileAccess.Write, bufferSize: 0);
    }

    internal string Path { get; }

    internal FileStream Reader { get; }

    internal FileStream Writer { get; }

    internal static Pipe Create(string folder) => new(System.IO.Path.Combine(folder, Guid.NewGuid().ToString("n")));

    /// <summary>
    /// Says that there is no more to write. Not before the engine has opened its end: opening a pipe that nobody writes
    /// to would wait for ever, whatever data is already in it.
    /// </summary>
    internal async Task FinishWritingAsync(Task ended)
    {
        while (!ended.IsCompleted && OpenEnds() <= OwnEnds)
            await Task.WhenAny(ended, Task.Delay(1));
        Writer.Dispose();
    }

    private int OpenEnds() => Directory.EnumerateFiles("/proc/self/fd").Count(IsThisPipe);

    private bool IsThisPipe(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget == Path;
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return false;
        }
    }

    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
        File.Delete(Path);
    }
}
