using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace Assay.Engine.Binary;

/// <summary>The readers of the engine's types.</summary>
internal static class CellReaders
{
    /// <exception cref="EngineException">There is no reader for the type.</exception>
    internal static CellReader For(string type)
    {
        var parsed = TypeName.Parse(type);
        var arguments = parsed.Arguments;
        return parsed.Name switch
        {
            "UInt8" => static (ref c) => c.Byte(),
            "UInt16" => static (ref c) => (ushort)c.Int16(),
            "UInt32" => static (ref c) => (uint)c.Int32(),
            "UInt64" => static (ref c) => (ulong)c.Int64(),
            "UInt128" => static (ref c) => (UInt128)c.Int128(),
            "UInt256" => static (ref c) => new BigInteger(c.Take(32), isUnsigned: true),
            "Int8" => static (ref c) => (sbyte)c.Byte(),
            "Int16" => static (ref c) => c.Int16(),
            "Int32" => static (ref c) => c.Int32(),
            "Int64" => static (ref c) => c.Int64(),
            "Int128" => static (ref c) => c.Int128(),
            "Int256" => static (ref c) => new BigInteger(c.Take(32)),
            "BFloat16" => static (ref c) => BitConverter.Int32BitsToSingle(c.Int16() << 16),
            "Float32" => static (ref c) => BitConverter.Int32BitsToSingle(c.Int32()),
            "Float64" => static (ref c) => BitConverter.Int64BitsToDouble(c.Int64()),
            "Bool" => static (ref c) => c.Byte() != 0,
            "String" or "JSON" => static (ref c) => Text(c.Take(c.Length())),
            "FixedString" => FixedString(Number(arguments[0])),
            "Decimal" => Decimals.Reader(Number(arguments[0]), Number(arguments[1])),
            "Date" => static (ref c) => Times.Epoch.AddDays((ushort)c.Int16()),
            "Date32" => static (ref c) => Times.Epoch.AddDays(c.Int32()),
            "DateTime" => static (ref c) => DateTimeOffset.FromUnixTimeSeconds((uint)c.Int32()),
            "DateTime64" => Times.Moment(Number(arguments[0])),
            "Time" => static (ref c) => TimeSpan.FromSeconds(c.Int32()),
            "Time64" => Times.Span(Number(arguments[0])),
            "UUID" => static (ref c) => Uuid(c.Take(16)),
            "IPv4" => static (ref c) => IPv4(c.Take(4)),
            "IPv6" => static (ref c) => c.Take(16) is { Length: 16 } bytes ? new IPAddress(bytes) : null,
            "Enum8" => Enumeration(arguments, static (ref c) => (sbyte)c.Byte()),
            "Enum16" => Enumeration(arguments, static (ref c) => c.Int16()),
            "Nothing" => static (ref _) => null,
            "Nullable" => Compounds.Nullable(For(arguments[0])),
            "LowCardinality" => For(arguments[0]),
            "SimpleAggregateFunction" => For(arguments[^1]),
            "Array" => Compounds.Array(For(arguments[0])),
            "Nested" => Compounds.Array(Compounds.Tuple(arguments)),
            "Tuple" => Compounds.Tuple(arguments),
            "Map" => Compounds.Map(For(arguments[0]), For(arguments[1])),
            "Variant" => Compounds.Variant(arguments),
            "Point" => Compounds.Point,
            "Ring" or "LineString" => Compounds.Array(Compounds.Point),
            "Polygon" or "MultiLineString" => Compounds.Array(Compounds.Array(Compounds.Point)),
            "MultiPolygon" => Compounds.Array(Compounds.Array(Compounds.Array(Compounds.Point))),
            var interval when interval.StartsWith("Interval", StringComparison.Ordinal) => static (ref c) => c.Int64(),
            _ => throw new EngineException(EngineFault.BadType, $"Values of the type {type} have no binary form here: select them as text with toString(...)."),
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The text, or the bytes themselves where they are not UTF-8: the engine's strings may hold anything.</summary>
    private static object Text(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : bytes.ToArray();

    private static CellReader FixedString(int length) => (ref c) => Text(c.Take(length));

    private static CellReader Enumeration(IReadOnlyList<string> elements, CellReader number)
    {
        var names = elements.Select(TypeName.EnumElement).ToDictionary(element => element.Value, element => element.Text);
        return (ref c) => names.GetValueOrDefault(Convert.ToInt32(number(ref c), CultureInfo.InvariantCulture));
    }

    private static IPAddress? IPv4(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 4 ? new IPAddress([bytes[3], bytes[2], bytes[1], bytes[0]]) : null;

    /// <summary>Two 64-bit halves, the upper one first, each with its lowest byte first.</summary>
    private static Guid Uuid(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
            return default;
        Span<byte> ordered = stackalloc byte[16];
        bytes.CopyTo(ordered);
        ordered[..8].Reverse();
        ordered[8..].Reverse();
        return new Guid(ordered, bigEndian: true);
    }
}
