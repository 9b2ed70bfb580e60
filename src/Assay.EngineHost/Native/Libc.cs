using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Assay.EngineHost.Native;

/// <summary>The few calls of the C library that .NET has no name for.</summary>
internal static partial class Libc
{
    private const int CloseOnExec = 0x80000;
    private const int SetPipeSize = 1031;
    private const nuint BytesWaiting = 0x541B;

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static unsafe partial int OpenPipeNative(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static unsafe partial int InputOutputControl(int descriptor, nuint request, int* answer);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void ExitNow(int status);

    /// <summary>A pipe without a name.</summary>
    internal static unsafe (SafeFileHandle Reading, SafeFileHandle Writing) OpenPipe()
    {
        var ends = stackalloc int[2];
        Check(OpenPipeNative(ends, CloseOnExec), "pipe2");
        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }

    /// <summary>Bytes in a pipe that nobody has read yet.</summary>
    internal static unsafe int Waiting(SafeFileHandle pipe)
    {
        var bytes = 0;
        Check(InputOutputControl((int)pipe.DangerousGetHandle(), BytesWaiting, &bytes), "ioctl");
        return bytes;
    }

    /// <summary>Widens a pipe. A refusal (an unprivileged user's quota is used up) only costs speed.</summary>
    internal static void Widen(SafeFileHandle pipe, int bytes) =>
        Control((int)pipe.DangerousGetHandle(), SetPipeSize, bytes);

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new IOException($"{call} failed: {Marshal.GetLastPInvokeErrorMessage()}");
}
