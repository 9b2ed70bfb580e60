using System.Buffers;

namespace Assay.Sources.Reading;

/// <summary>Copies a stream that gives out a row or so at a time, in pieces worth sending: each write costs what it does whatever its size.</summary>
internal static class GatheredCopy
{
    private const int Piece = 1 << 16;

    public static async Task RunAsync(Stream from, Stream to, CancellationToken cancel)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await from.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancel) is > 0 and var read)
                await to.WriteAsync(piece.AsMemory(0, read), cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
