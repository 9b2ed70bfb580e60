using Assay.Engine;
using Assay.Quality.Profiling;
using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests.Profiling;

/// <summary>Objects that come as JSON text, as from files of JSON, and structs as from Parquet.</summary>
public sealed class JsonObjectTests(QualityEngine engine)
{
    private static readonly string[] Texts =
    [
        """{"a":1,"b":{"c":"x","when":"2024-01-01","n":1.5},"list":[1,2],"items":[{"sku":"p","qty":2},{"sku":"q"}],"big":123456789012345678901234567890,"k.l":1,"it's `odd`":true}""",
        """{"a":2,"b":null,"mixed":{"x":1},"items":[],"":0}""",
        """{"a":"3x","mixed":"text","b":{"c":null,"when":"2024-02-01"}}""",
        "{}",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Objects_AreProfiledByTheirMembers(bool staged)
    {
        var texts = string.Join(", ", Texts.Select(t => $"toNullable({EngineLiteral.Quote(t)})"));
        var sql = $$"""SELECT arrayJoin([{{texts}}, NULL]) AS o, [toNullable('{"z":5}'), NULL, '{"z":6}'] AS list, toNullable('(1,2)') AS composite""";

        var o = await ProfileAsync(sql, staged, new("o", FieldKind.Struct), new("list", FieldKind.Array, Element: FieldKind.Struct), new("composite", FieldKind.Struct));

        (o[0].Type, o[0].Completeness, o[0].Message).ShouldBe((FieldKind.Struct, 0.8, null));
        o[0].SubFields.Select(f => (f.Name, f.Type)).ShouldBe(
        [
            ("o.a", FieldKind.String), ("o.b", FieldKind.Struct), ("o.b.c", FieldKind.String), ("o.b.when", FieldKind.Date), ("o.b.n", FieldKind.Fractional), ("o.list", FieldKind.Array),
            ("o.items", FieldKind.Array), ("o.items.sku", FieldKind.Array), ("o.items.qty", FieldKind.Array), ("o.big", FieldKind.Fractional), ("o.k.l", FieldKind.Integral),
            ("o.it's `odd`", FieldKind.Boolean), ("o.mixed", FieldKind.String),
        ]);
        o[0].SubFields.Where(f => f.Message is not null).Select(f => $"{f.Name}: {f.Message}").ShouldBeEmpty();
        var members = o[0].SubFields.ToDictionary(f => f.Name);
        (members["o.a"].Completeness, members["o.b"].Completeness, members["o.mixed"].Completeness).ShouldBe((0.6, 0.4, 0.4));
        members["o.b.when"].Max!.Value.GetString().ShouldBe("2024-02-01");
        (members["o.list"].Element!.Type, members["o.list"].Element!.Max!.Value.GetInt64()).ShouldBe((FieldKind.Integral, 2));
        members["o.items.sku"].Element!.ApproximateDistinctValues.ShouldBe(2);
        members["o.mixed"].Histogram!.Select(b => b.Value).ShouldBe(["text", """{"x":1}"""], ignoreOrder: true);
        (o[1].Type, o[1].MaxLength, o[1].SubFields.Single().Name, o[1].SubFields.Single().Element!.Max!.Value.GetInt64()).ShouldBe((FieldKind.Array, 3, "list.z", 6));
        o[2].Type.ShouldBe(FieldKind.String);
    }

    [Fact]
    public async Task Objects_WithKeysBeyondCounting_AreReported()
    {
        var found = await ProfileAsync("""SELECT concat('{"k', toString(number), '": 1}') AS o FROM numbers(1000)""", false, new ProfileField("o", FieldKind.Struct));

        found[0].ShouldSatisfyAllConditions(f => f.SubFields.ShouldBeEmpty(), f => f.Message.ShouldBe("Its objects have more than 500 different members, which are not profiled."), f => f.Completeness.ShouldBe(1));
    }

    [Fact]
    public async Task StructsInArrays_BecomeArraysOfTheirMembers_AndMissingStructsCount()
    {
        var found = await ProfileAsync("""
            SELECT CAST(arrayMap(i -> (i, if(i = 1, NULL, toString(i))), range(number)), 'Array(Tuple(a UInt8, b Nullable(String)))') AS items,
                CAST((if(number = 0, NULL, number), (NULL, if(number = 1, [1], []))), 'Tuple(a Nullable(UInt8), b Tuple(c Nullable(String), d Array(UInt8)))') AS s FROM numbers(3)
            """, false, new("items", FieldKind.Array), new("s", FieldKind.Struct));

        found[0].SubFields.Select(f => (f.Name, f.Type, f.MaxLength, f.Element!.Values)).ShouldBe([("items.a", FieldKind.Array, 2, 3), ("items.b", FieldKind.Array, 2, 2)]);
        found[1].Completeness!.Value.ShouldBe(2 / 3.0, 1e-12);
        found[1].SubFields.Single(f => f.Name == "s.b").Completeness!.Value.ShouldBe(1 / 3.0, 1e-12);
    }

    private async Task<IReadOnlyList<FieldProfile>> ProfileAsync(string sql, bool staged, params ProfileField[] fields)
    {
        var table = EngineName.Quote($"json_{Guid.NewGuid():n}");
        await engine.Engine.ExecuteAsync($"CREATE TABLE {table} ENGINE = Memory AS {sql}", TestContext.Current.CancellationToken);
        var found = await new Profiler(engine.Engine).RunAsync(new RowsToProfile($"SELECT * FROM {table}", query => query, InEngine: staged), fields, new ProfileOptions(), TestContext.Current.CancellationToken);
        await engine.Engine.ExecuteAsync($"DROP TABLE {table}", TestContext.Current.CancellationToken);
        return found.Fields;
    }
}
