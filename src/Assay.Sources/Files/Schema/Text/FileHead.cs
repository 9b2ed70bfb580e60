using System.IO.Compression;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Schema.Text;

/// <summary>The first bytes of a file, unpacked where it is gzipped, whatever its name says.</summary>
/// <param name="Complete">The file ends with these bytes.</param>
/// <param name="Packed">The file is gzipped.</param>
/// <param name="Problem">Why there are no bytes, in plain words.</param>
internal sealed record FileHead(byte[] Bytes, bool Complete, bool Packed, string? Problem)
{
    // A deflate block may be long: less than this might unpack to nothing.
    private const int LeastPacked = 64 * 1024;

    /// <summary>Reads up to <paramref name="size"/> unpacked bytes by one request for the beginning of the file.</summary>
    public static async Task<FileHead> ReadAsync(IFileStore store, StoredFile file, int size, CancellationToken cancel)
    {
        // One byte more than wanted tells whether the file goes on.
        var wanted = Math.Max(size, LeastPacked) + 1;
        var raw = new byte[Math.Min(wanted, file.Size)];
        await using (var stream = await store.OpenAsync(file.Key, 0, wanted, cancel))
            raw = raw[..await stream.ReadAtLeastAsync(raw, raw.Length, throwOnEndOfStream: false, cancel)];
        if (IsGzip(raw)) return Unpack(raw, raw.Length < wanted, size);
        return file.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new FileHead([], false, false, "The file is not valid gzip.")
            : new FileHead(raw[..Math.Min(raw.Length, size)], raw.Length <= size, false, null);
    }

    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    private static FileHead Unpack(byte[] raw, bool wholeFile, int size)
    {
        var buffer = new byte[size + 1];
        var filled = 0;
        try
        {
            using var stream = new GZipStream(new MemoryStream(raw), CompressionMode.Decompress);
            while (filled < buffer.Length && stream.Read(buffer, filled, buffer.Length - filled) is > 0 and var read) filled += read;
        }
        catch (InvalidDataException)
        {
            // Where the head ends in the middle of a block, what was unpacked until there is the head.
            if (filled == 0 || wholeFile) return new FileHead([], false, true, "The file is not valid gzip.");
        }
        return new FileHead(buffer[..Math.Min(filled, size)], wholeFile && filled <= size, true, null);
    }
}
