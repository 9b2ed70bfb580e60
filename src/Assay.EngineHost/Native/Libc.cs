using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Assay.EngineHost.Native;

/// <summary>The few calls of the C library that .NET has no name for.</summary>
internal static partial class Libc
{
    private const int ReadOnly = 0x0;
    private const int WriteOnly = 0x1;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int SetPipeSize = 1031;

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakeFifoNative(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenNative(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void ExitNow(int status);

    internal static void MakeFifo(string path) =>
        Check(MakeFifoNative(path, 0b110_000_000), "mkfifo");

    /// <summary>Opens the reading end without waiting for a writer; reads block afterwards.</summary>
    internal static SafeFileHandle OpenForReading(string path)
    {
        var descriptor = Check(OpenNative(path, ReadOnly | NonBlocking | CloseOnExec), "open");
        var flags = Check(Control(descriptor, GetFlags, 0), "fcntl");
        Check(Control(descriptor, SetFlags, flags & ~NonBlocking), "fcntl");
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    internal static SafeFileHandle OpenForWriting(string path) =>
        new(Check(OpenNative(path, WriteOnly | CloseOnExec), "open"), ownsHandle: true);

    /// <summary>Widens a pipe. A refusal (an unprivileged user's quota is used up) only costs speed.</summary>
    internal static void Widen(SafeFileHandle pipe, int bytes) =>
        Control((int)pipe.DangerousGetHandle(), SetPipeSize, bytes);

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new IOException($"{call} failed: {Marshal.GetLastPInvokeErrorMessage()}");
}
