using Assay.Sources.Reading;

namespace Assay.Sources.Tests.Reading;

/// <summary>Rows of text on their way through a staging table: what they become, and what stays as it is.</summary>
public class StagedColumnsTests(EngineFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_TextsOfAllKinds_ComeOutExactly()
    {
        string?[] odd = ["a\tb", "line\r\nnext", "back\\slash \\N", "nul\0bell\b\f", "", null, "日本 🐘"];
        var read = await ReadAsync([.. odd.Select(text => new[] { text })], conversion: null);
        read.Select(row => (string?)row[0]).ShouldBe(odd);
    }

    [Theory]
    [InlineData("Int64", "1", "-999999999999999999", null)]
    [InlineData("Decimal(38, 0)", "99999999999999999999999999999999999999", "1")]
    [InlineData("Decimal(3, 1)", "1.5", "20")]
    [InlineData("String", "NaN", "1")]
    public async Task Read_WholeNumbers_BecomeTheNarrowestTypeThatHoldsAll(string type, params string?[] values) =>
        (await TypeAsync(Conversion.Whole, values)).ShouldBe($"Nullable({type})");

    [Theory]
    [InlineData("Nullable(DateTime64(6, 'UTC'))", "2026-01-31 10:00:00", "1900-01-01 00:00:00.123456")]
    [InlineData("Nullable(DateTime64(9, 'UTC'))", "2026-01-31 10:00:00.123456789", null)]
    [InlineData("Nullable(String)", "2026-01-31 10:00:00.123456789", "2299-01-01 00:00:00")]
    [InlineData("Nullable(String)", "2026-01-31 10:00:00.1234567890")]
    [InlineData("Nullable(String)", "1583-01-01 00:00:00")]
    public async Task Read_Timestamps_LoseNoDigit(string type, params string?[] values) =>
        (await TypeAsync(Conversion.Timestamp, values)).ShouldBe(type);

    private async Task<string> TypeAsync(Conversion conversion, string?[] values)
    {
        var rows = await ReadAsync([.. values.Select(value => new[] { value })], conversion, "toTypeName(f)");
        return (string)rows[0][0]!;
    }

    private async Task<List<IReadOnlyList<object?>>> ReadAsync(string?[][] rows, Conversion? conversion, string expression = "f")
    {
        var field = new FieldStructure("f", 1, FieldType.String, "text", true);
        var read = new ContainerRead { Container = new ContainerStructure { Name = "t", Kind = ContainerKind.Table, Fields = [field] } };
        var columns = new StagedColumns([new StagedColumn(field, "c0", "Nullable(String)", conversion)], read);
        var source = new StagedSource(columns.OfEngine, "TSV", TsvRows.Parsing, async (output, cancel) =>
        {
            var writer = new TsvRows(output.WriteAsync);
            foreach (var row in rows) await writer.WriteAsync(row, cancel);
            await writer.FlushAsync(cancel);
        }, columns.SelectAsync);
        await using var opened = await source.OpenAsync(fixture.Engine, Cancel);
        var found = new List<IReadOnlyList<object?>>();
        await foreach (var row in fixture.Engine.QueryAsync(opened.Query($"SELECT {expression} FROM ({opened.Sql})"), Cancel)) found.Add([.. row.Values]);
        return found;
    }
}
