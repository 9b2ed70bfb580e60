using System.Runtime.InteropServices;

namespace Assay.EngineHost.Native;

/// <summary>
/// Keeps the process's signal handlers as they were around a call into the engine's library. The library takes
/// SIGSEGV and others for itself (or resets them to the default), after which the runtime dies at the next null reference.
/// </summary>
internal static unsafe partial class SignalGuard
{
    // Larger than struct sigaction is on any Linux that .NET runs on (152 bytes with glibc on x64).
    private const int ActionSize = 256;
    private const int Signals = 31;

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int SigAction(int signal, void* action, void* previous);

    internal static void Around(Action call)
    {
        var saved = (byte*)NativeMemory.AllocZeroed(Signals + 1, ActionSize);
        try
        {
            for (var signal = 1; signal <= Signals; signal++)
                SigAction(signal, null, saved + signal * ActionSize);
            call();
            for (var signal = 1; signal <= Signals; signal++)
                SigAction(signal, saved + signal * ActionSize, null);
        }
        finally
        {
            NativeMemory.Free(saved);
        }
    }
}
