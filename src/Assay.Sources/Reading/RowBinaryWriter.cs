using System.Buffers.Binary;
using System.Text;

namespace Assay.Sources.Reading;

/// <summary>
/// Writes rows in the engine's RowBinary format, in which nothing is printed and parsed: numbers travel as their bytes. All columns are
/// nullable.
/// </summary>
internal sealed class RowBinaryWriter(Stream output)
{
    private const int FlushAt = 1 << 16;

    private byte[] buffer = new byte[FlushAt * 2];
    private int length;

    public void Null() => Take(1)[0] = 1;

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Value(4), value);
    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Value(8), value);
    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Value(8), value);
    public void Float32(float value) => BinaryPrimitives.WriteSingleLittleEndian(Value(4), value);
    public void Float64(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Value(8), value);
    public void Bool(bool value) => Value(1)[0] = value ? (byte)1 : (byte)0;

    public void Text(ReadOnlySpan<char> value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Length(bytes);
        Encoding.UTF8.GetBytes(value, Take(bytes));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Length(value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>Sends what has gathered, once it is worth sending. Call it after every row.</summary>
    public ValueTask EndRowAsync(CancellationToken cancel) => length < FlushAt ? ValueTask.CompletedTask : FlushAsync(cancel);

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        await output.WriteAsync(buffer.AsMemory(0, length), cancel);
        length = 0;
    }

    private Span<byte> Value(int size)
    {
        var span = Take(size + 1);
        span[0] = 0;
        return span[1..];
    }

    private void Length(int bytes)
    {
        Take(1)[0] = 0;
        for (var left = (uint)bytes; ; left >>= 7)
        {
            Take(1)[0] = (byte)(left < 0x80 ? left : (left & 0x7f) | 0x80);
            if (left < 0x80) return;
        }
    }

    private Span<byte> Take(int size)
    {
        if (buffer.Length - length < size) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + size));
        length += size;
        return buffer.AsSpan(length - size, size);
    }
}
