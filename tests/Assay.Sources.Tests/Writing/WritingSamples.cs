using Assay.Engine;
using Assay.Sources.Writing;

namespace Assay.Sources.Tests.Writing;

/// <summary>Tables and rows that are hard to write.</summary>
internal static class WritingSamples
{
    public const string HostileName = "Od\"d'; DROP TABLE x; -- {t} \\ ünï/..";

    public static TableShape Table(string name, string column = "te\"xt'") => new(name,
    [
        new(column, TableType.Text), new("whole", TableType.Integral), new("part", TableType.Fractional), new("exact", TableType.Exact, 20, 4),
        new("flag", TableType.Boolean), new("day", TableType.Date), new("at", TableType.Timestamp),
    ]);

    public static readonly object?[][] Rows =
    [
        ["tab\tline\nback\\slash \\N 'q' \"d\" 😀", long.MinValue, 0.1, 1234567890123456.7891m, true, new DateOnly(1950, 2, 3), new DateTimeOffset(2024, 2, 29, 12, 34, 56, TimeSpan.FromHours(2)).AddTicks(7890120)],
        ["", long.MaxValue, double.NegativeInfinity, -0.0001m, false, new DateOnly(2100, 12, 31), DateTimeOffset.UnixEpoch],
        [null, null, null, null, null, null, null],
    ];

    /// <summary>As a reader with UTC and plain formats sees them.</summary>
    public static readonly string[] Shown =
    [
        "tab\tline\nback\\slash \\N 'q' \"d\" 😀|-9223372036854775808|0.1|1234567890123456.7891|true|1950-02-03|2024-02-29 10:34:56.789012",
        "|9223372036854775807|-Infinity|-0.0001|false|2100-12-31|1970-01-01 00:00:00.000000",
        "NULL|NULL|NULL|NULL|NULL|NULL|NULL",
    ];

    public static RowBatch Given => RowBatch.Of(Rows);

    public static RowBatch Numbers(IEngine engine, long count, long from = 0, string column = "te\"xt'") => RowBatch.Of(engine,
        $"SELECT number + {{from:Int64}} AS whole, concat('n', toString(number)) AS `{column}`, number / 2 AS part, number AS exact, number % 2 = 0 AS flag, toDate(number) AS day, toDateTime64(number, 6, 'UTC') AS at FROM numbers({{count:UInt64}})",
        query => query.With("from", from).With("count", count));

    public static RowBatch Ones(int count) => RowBatch.Of(Enumerable.Range(0, count).Select(n => (IReadOnlyList<object?>)[(long)n]));

    /// <summary>Breaks off in the middle.</summary>
    public static RowBatch Broken => RowBatch.Of(Breaking);

    private static async IAsyncEnumerable<IReadOnlyList<object?>> Breaking()
    {
        for (var i = 0; i < 50_000; i++) yield return ["x", (long)i, null, null, null, null, null];
        await Task.Yield();
        throw new InvalidOperationException("the rows broke off");
    }
}
