using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Microsoft.Win32.SafeHandles;

namespace Assay.Server.Operations.Sync.Listings;

/// <summary>
/// Keeps containers on disk from the time they are listed until the sync they are for comes to them, so that memory does not grow with
/// what is listed together. One writes, any number read.
/// </summary>
internal sealed class ListingSpool : IDisposable
{
    private const int Portion = 256 * 1024;
    private readonly SafeFileHandle file;
    private readonly MemoryStream buffer = new();
    private List<(long Offset, int Length)>? owner;
    private long end;

    public ListingSpool(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"listing-{Guid.NewGuid():N}");
        file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        // Where an open file needs no name, none stays behind when the process is killed.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
    }

    /// <summary>Takes a container in; full portions go to disk, and so does what another schema has left.</summary>
    /// <param name="portions">The portions of the schema that it belongs to, continued here.</param>
    public void Write(ContainerStructure container, List<(long Offset, int Length)> portions)
    {
        if (owner is { } other && other != portions) Flush(other);
        owner = portions;
        JsonSerializer.Serialize(buffer, container);
        buffer.WriteByte((byte)'\n');
        if (buffer.Length >= Portion) Flush(portions);
    }

    /// <summary>Ends a schema's portion under way: after this all its containers are on disk.</summary>
    public void Flush(List<(long Offset, int Length)> portions)
    {
        if (owner != portions) return;
        RandomAccess.Write(file, buffer.GetBuffer().AsSpan(0, (int)buffer.Length), end);
        portions.Add((end, (int)buffer.Length));
        end += buffer.Length;
        buffer.SetLength(0);
        owner = null;
    }

    public async IAsyncEnumerable<ContainerStructure> ReadAsync(IReadOnlyList<(long Offset, int Length)> portions, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (offset, length) in portions)
        {
            var bytes = new byte[length];
            for (var read = 0; read < length;)
                read += await RandomAccess.ReadAsync(file, bytes.AsMemory(read), offset + read, cancel) is var got and > 0 ? got : throw new EndOfStreamException("A listing kept on disk has been cut off.");
            for (var start = 0; start < length;)
            {
                var stop = Array.IndexOf(bytes, (byte)'\n', start);
                yield return JsonSerializer.Deserialize<ContainerStructure>(bytes.AsSpan(start, stop - start))!;
                start = stop + 1;
            }
        }
    }

    public void Dispose() => file.Dispose();
}
