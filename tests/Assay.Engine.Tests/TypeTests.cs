using System.Net;
using System.Numerics;

namespace Assay.Engine.Tests;

public sealed class TypeTests(SharedEngine shared)
{
    private readonly IEngine _engine = shared.Engine;

    public static TheoryData<string, object?> Values => new()
    {
        { "toUInt8(255)", byte.MaxValue },
        { "toUInt16(65535)", ushort.MaxValue },
        { "toUInt32(4294967295)", uint.MaxValue },
        { "toUInt64(18446744073709551615)", ulong.MaxValue },
        { "toUInt128('340282366920938463463374607431768211455')", UInt128.MaxValue },
        { "toUInt256('115792089237316195423570985008687907853269984665640564039457584007913129639935')", BigInteger.Pow(2, 256) - 1 },
        { "toInt8(-128)", sbyte.MinValue },
        { "toInt16(-32768)", short.MinValue },
        { "toInt32(-2147483648)", int.MinValue },
        { "toInt64(-9223372036854775808)", long.MinValue },
        { "toInt128('-170141183460469231731687303715884105728')", Int128.MinValue },
        { "toInt256('-57896044618658097711785492504343953926634992332820282019728792003956564819968')", -BigInteger.Pow(2, 255) },
        { "toFloat32(1.5)", 1.5f },
        { "toFloat64(-1e308)", -1e308 },
        { "nan", double.NaN },
        { "-inf", double.NegativeInfinity },
        { "toBFloat16(1.5)", 1.5f },
        { "true", true },
        { "'é \\0 \\n 😀'", "é \0 \n 😀" },
        { "unhex('ff00fe')", new byte[] { 0xff, 0x00, 0xfe } },
        { "toFixedString('ab', 3)", "ab\0" },
        { "toLowCardinality('low')", "low" },
        { "CAST(NULL AS Nullable(Int32))", null },
        { "CAST(7 AS Nullable(Int32))", 7 },
        { "CAST('x' AS LowCardinality(Nullable(String)))", "x" },
        { "NULL", null },
        { "toDecimal32('-12345.6789', 4)", -12345.6789m },
        { "toDecimal64('123456789012.345678', 6)", 123456789012.345678m },
        { "CAST('-1234567890123456789012345.678' AS Decimal(28, 3))", -1234567890123456789012345.678m },
        { "CAST('0' AS Decimal(28, 28))", 0.0000000000000000000000000000m },
        { "CAST('-12345678901234567890123456789012345.678' AS Decimal(38, 3))", new EngineDecimal(BigInteger.Parse("-12345678901234567890123456789012345678"), 3) },
        { "CAST('1234567890123456789012345678901234567890123456789012345678901234567890.123456' AS Decimal(76, 6))", new EngineDecimal(BigInteger.Parse("1234567890123456789012345678901234567890123456789012345678901234567890123456"), 6) },
        { "toDate('2149-06-06')", new DateOnly(2149, 6, 6) },
        { "toDate32('1900-01-01')", new DateOnly(1900, 1, 1) },
        { "toDateTime('2106-02-07 06:28:15')", new DateTimeOffset(2106, 2, 7, 6, 28, 15, TimeSpan.Zero) },
        { "toDateTime('2024-07-01 12:00:00', 'America/New_York')", new DateTimeOffset(2024, 7, 1, 16, 0, 0, TimeSpan.Zero) },
        { "toDateTime64('1900-01-01 00:00:00.123456', 6)", new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1234560) },
        { "toDateTime64('2262-04-11 23:47:16.854775807', 9)", new EngineTimestamp(long.MaxValue, 9) },
        { "toDateTime64('1969-12-31 23:59:59.999999999', 9, 'UTC')", new EngineTimestamp(-1, 9) },
        { "CAST('-12:34:56' AS Time)", -new TimeSpan(12, 34, 56) },
        { "CAST('999:59:59.123456' AS Time64(6))", new TimeSpan(999, 59, 59) + TimeSpan.FromTicks(1234560) },
        { "INTERVAL 3 DAY", 3L },
        { "toUUID('00112233-4455-6677-8899-aabbccddeeff')", new Guid("00112233-4455-6677-8899-aabbccddeeff") },
        { "toIPv4('192.168.1.2')", IPAddress.Parse("192.168.1.2") },
        { "toIPv6('2001:db8::1')", IPAddress.Parse("2001:db8::1") },
        { "CAST('b\\'` ,)' AS Enum8('a' = -1, 'b\\'` ,)' = 127))", "b'` ,)" },
        { "CAST('x' AS Enum16('x' = -30000))", "x" },
        { "[]", Array.Empty<object?>() },
        { "[1, NULL, 3]", new object?[] { (byte)1, null, (byte)3 } },
        { "[[toDecimal32(1, 1)], []]", new object?[] { new object?[] { 1.0m }, Array.Empty<object?>() } },
        { "tuple(1, 'a', NULL)", new object?[] { (byte)1, "a", null } },
        { "CAST((1, ('x', [2])) AS Tuple(`a b` Int8, c Tuple(`(d,` String, e Array(UInt8))))", new object?[] { (sbyte)1, new object?[] { "x", new object?[] { (byte)2 } } } },
        { "map('k', [1], 'k2', [])", new KeyValuePair<object, object?>[] { new("k", new object?[] { (byte)1 }), new("k2", Array.Empty<object?>()) } },
        { "CAST(map(1, NULL) AS Map(Int64, Nullable(String)))", new KeyValuePair<object, object?>[] { new(1L, null) } },
        { "CAST([(1, 'x')] AS Nested(a Int8, b String))", new object?[] { new object?[] { (sbyte)1, "x" } } },
        { "CAST('text' AS Variant(Int64, String))", "text" },
        { "CAST(5::Int64 AS Variant(Int64, String))", 5L },
        { "CAST(NULL AS Variant(Int64, String))", null },
        { "CAST((1.5, -2) AS Point)", new object?[] { 1.5, -2.0 } },
        { "CAST([[(0, 1)]] AS Polygon)", new object?[] { new object?[] { new object?[] { 0.0, 1.0 } } } },
        { """CAST('{"a":{"b":[1,"x"]}}' AS JSON)""", """{"a":{"b":[1,"x"]}}""" },
        { "CAST(5 AS SimpleAggregateFunction(max, UInt64))", 5ul },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task QueryAsync_AnyType_GivesItsExactValue(string expression, object? expected)
    {
        // Twice, with other columns around: a reader that takes a byte too many or too few spoils its neighbours.
        var rows = await _engine.ListAsync($"SELECT 'before' AS first, {expression} AS value, 'after' AS last FROM numbers(2)");

        foreach (var row in rows)
        {
            row["first"].ShouldBe("before");
            Show(row["value"]).ShouldBe(Show(expected));
            row["last"].ShouldBe("after");
        }

        rows.Count.ShouldBe(2);
    }

    /// <summary>Value and type, all the way down.</summary>
    private static string Show(object? value) => value switch
    {
        null => "NULL",
        byte[] bytes => $"bytes {Convert.ToHexString(bytes)}",
        object?[] items => $"[{string.Join(", ", items.Select(Show))}]",
        KeyValuePair<object, object?>[] pairs => $"{{{string.Join(", ", pairs.Select(pair => $"{Show(pair.Key)}: {Show(pair.Value)}"))}}}",
        DateTimeOffset time => $"{time:O}",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}"),
    };

    [Theory]
    [InlineData("sumState(1)")]
    [InlineData("CAST(1 AS Dynamic)")]
    public async Task QueryAsync_TypeWithoutABinaryForm_SaysSo(string expression)
    {
        var error = await Should.ThrowAsync<EngineException>(() => _engine.ListAsync($"SELECT {expression} AS value"));

        error.Fault.ShouldBe(EngineFault.BadType);
        error.Message.ShouldContain("toString");
    }

    [Fact]
    public async Task QueryAsync_StringOf20Megabytes_ComesWhole()
    {
        var text = await _engine.ScalarAsync<string>("SELECT repeat(repeat('0123456789', 2), 1000000)");

        text.Length.ShouldBe(20_000_000);
        text.ShouldEndWith("6789");
    }

    [Fact]
    public void EngineDecimal_SmallAndNegative_WritesAllItsDigits()
    {
        new EngineDecimal(-5, 3).ToString().ShouldBe("-0.005");
        new EngineDecimal(1200, 2).TryToDecimal(out var value).ShouldBeTrue();
        value.ShouldBe(12.00m);
        new EngineDecimal(BigInteger.Pow(10, 40), 2).TryToDecimal(out _).ShouldBeFalse();
    }

    [Fact]
    public void EngineTimestamp_BeforeTheEpoch_CountsDownwards()
    {
        new EngineTimestamp(-1, 9).ToString().ShouldBe("1969-12-31T23:59:59.999999999Z");
        new EngineTimestamp(-1, 9).ToDateTimeOffset().ShouldBe(DateTimeOffset.UnixEpoch.AddTicks(-1));
    }

    [Fact]
    public async Task Get_OtherNumbers_ConvertsOnlyWithoutLoss()
    {
        var row = (await _engine.ListAsync("SELECT toUInt64(300) AS n, toDecimal32('1.5', 1) AS d, NULL AS none, toInt256(7) AS wide"))[0];

        row.Get<int>("n").ShouldBe(300);
        row.Get<double>("d").ShouldBe(1.5);
        row.Get<int?>("none").ShouldBeNull();
        row.Get<long>("wide").ShouldBe(7);
        Should.Throw<OverflowException>(() => row.Get<byte>("n"));
        Should.Throw<InvalidCastException>(() => row.Get<int>("none"));
        Should.Throw<InvalidCastException>(() => row.Get<Guid>("n"));
    }
}
