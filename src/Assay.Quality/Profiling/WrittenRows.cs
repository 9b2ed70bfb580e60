using System.Buffers.Binary;

namespace Assay.Quality.Profiling;

/// <summary>What the engine writes in its format RowBinary, taken value by value from the front.</summary>
internal ref struct WrittenRows(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> left = bytes;

    public readonly bool IsEmpty => left.IsEmpty;

    public bool Flag() => Next(1)[0] == 1;

    public long Whole() => BinaryPrimitives.ReadInt64LittleEndian(Next(sizeof(long)));

    public double Real() => BinaryPrimitives.ReadDoubleLittleEndian(Next(sizeof(double)));

    public ReadOnlySpan<byte> Text() => Next(Length());

    private ReadOnlySpan<byte> Next(int length)
    {
        var next = left[..length];
        left = left[length..];
        return next;
    }

    /// <summary>A number in groups of seven bits.</summary>
    private int Length()
    {
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Next(1)[0];
            length |= (part & 0x7f) << shift;
            if (part < 0x80) return length;
        }
    }
}
