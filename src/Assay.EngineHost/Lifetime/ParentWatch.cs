using Assay.EngineHost.Native;

namespace Assay.EngineHost.Lifetime;

/// <summary>
/// Ends the process when its parent does. The parent holds the other end of standard input and never writes a second
/// line, so the end of the stream means that the parent is gone, however it went.
/// </summary>
internal static class ParentWatch
{
    internal static string ReadSecret() =>
        Console.In.ReadLine() is { Length: >= 32 } secret
            ? secret
            : throw new InvalidOperationException("The secret is expected as the first line of standard input.");

    internal static void Start(RunFolder folder) => new Thread(() =>
    {
        while (Console.In.ReadLine() is not null)
        {
        }

        try
        {
            folder.Dispose();
        }
        catch (IOException)
        {
            // The engine is still writing there; the next start sweeps what is left.
        }

        // Without any exit handlers: the engine's would wait for statements that nobody awaits any more.
        Libc.ExitNow(0);
    })
    { IsBackground = true, Name = "parent watch" }.Start();
}
