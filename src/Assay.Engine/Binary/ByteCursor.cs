using System.Buffers.Binary;

namespace Assay.Engine.Binary;

/// <summary>
/// Reads the little-endian primitives of the RowBinary format from bytes at hand. Running out of them is no error: it sets
/// <see cref="RanOut"/>, gives zeros, and the caller comes back with more bytes.
/// </summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    internal int Position { get; private set; }

    internal bool RanOut { get; private set; }

    internal ReadOnlySpan<byte> Take(int count)
    {
        if (count <= _bytes.Length - Position)
        {
            var taken = _bytes.Slice(Position, count);
            Position += count;
            return taken;
        }

        RanOut = true;
        return default;
    }

    internal byte Byte() => Take(1) is [var value] ? value : (byte)0;

    internal short Int16() => Take(2) is { Length: 2 } taken ? BinaryPrimitives.ReadInt16LittleEndian(taken) : (short)0;

    internal int Int32() => Take(4) is { Length: 4 } taken ? BinaryPrimitives.ReadInt32LittleEndian(taken) : 0;

    internal long Int64() => Take(8) is { Length: 8 } taken ? BinaryPrimitives.ReadInt64LittleEndian(taken) : 0;

    internal Int128 Int128() => Take(16) is { Length: 16 } taken ? BinaryPrimitives.ReadInt128LittleEndian(taken) : 0;

    /// <summary>A length or count: seven bits a byte.</summary>
    internal int Length()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if ((part & 0x80) == 0)
                break;
        }

        return value <= int.MaxValue
            ? (int)value
            : throw new EngineException(EngineFault.BadType, "A value in the engine's result is longer than 2 GiB.");
    }
}
