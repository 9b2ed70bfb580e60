using Assay.EngineHost.Native;
using Microsoft.Win32.SafeHandles;

namespace Assay.EngineHost.Queries;

/// <summary>
/// A pipe between the host and the engine within this process. The host holds both ends, so that neither side waits in open() for the
/// other and a statement that fails early leaves nobody hanging. It has no file: the engine opens it by the number of the host's own end.
/// </summary>
internal sealed class Pipe : IDisposable
{
    private const int Capacity = 1 << 20;
    private const int OwnEnds = 2;

    private readonly SafeFileHandle _writing;
    private readonly string _link;

    private Pipe(SafeFileHandle reading, SafeFileHandle writing, SafeFileHandle ofEngine)
    {
        _writing = writing;
        Path = $"/proc/self/fd/{ofEngine.DangerousGetHandle()}";
        _link = new FileInfo(Path).LinkTarget!;
        Reader = new FileStream(reading, FileAccess.Read, bufferSize: 0);
        Writer = new FileStream(writing, FileAccess.Write, bufferSize: 0);
    }

    /// <summary>What the engine opens; good until the host closes the same end.</summary>
    internal string Path { get; }

    internal FileStream Reader { get; }

    internal FileStream Writer { get; }

    /// <summary>A pipe that the engine writes to.</summary>
    internal static Pipe FromEngine()
    {
        var (reading, writing) = Open();
        return new(reading, writing, writing);
    }

    /// <summary>A pipe that the engine reads from.</summary>
    internal static Pipe ToEngine()
    {
        var (reading, writing) = Open();
        return new(reading, writing, reading);
    }

    /// <summary>
    /// Says that there is no more to write. Not before the engine has opened its end: opening a pipe that nobody writes
    /// to would wait for ever, whatever data is already in it.
    /// </summary>
    /// <param name="written">Whether anything was written: then the engine has opened its end once all of it is gone.</param>
    internal async Task FinishWritingAsync(bool written, Task ended)
    {
        while (!ended.IsCompleted && (written ? Libc.Waiting(_writing) > 0 : OpenEnds() <= OwnEnds))
            await Task.WhenAny(ended, Task.Delay(1));
        Writer.Dispose();
    }

    private static (SafeFileHandle Reading, SafeFileHandle Writing) Open()
    {
        var ends = Libc.OpenPipe();
        Libc.Widen(ends.Writing, Capacity);
        return ends;
    }

    private int OpenEnds() => Directory.EnumerateFiles("/proc/self/fd").Count(IsThisPipe);

    private bool IsThisPipe(string end)
    {
        try
        {
            return new FileInfo(end).LinkTarget == _link;
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
    }
}
