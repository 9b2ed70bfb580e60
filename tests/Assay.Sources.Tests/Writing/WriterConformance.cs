using Assay.Engine;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Writing;

namespace Assay.Sources.Tests.Writing;

/// <summary>What a writer promises, whatever it writes to.</summary>
public abstract class WriterConformance(EngineFixture fixture)
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected EngineFixture Fixture => fixture;

    /// <param name="readOnly">For a user who may write nothing.</param>
    private protected abstract Task<WrittenStore> StoreAsync(bool readOnly = false);

    [Fact]
    public async Task Append_EveryType_ArrivesAsItWas()
    {
        await using var store = await StoreAsync();
        var table = WritingSamples.Table(store.HostileName, store.HostileColumn);
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        (await writer.AppendAsync(table, "a", WritingSamples.Given, Cancel)).ShouldBeTrue();
        (await store.QueryAsync(store.Shown(table.Name))).ShouldBe([.. WritingSamples.Shown.Select(row => row.Replace("-Infinity", store.MinusInfinity))]);
    }

    [Fact]
    public async Task Append_SameBatchAgain_WritesNothing()
    {
        await using var store = await StoreAsync();
        var (table, other) = (WritingSamples.Table("t", store.HostileColumn), WritingSamples.Table("u", store.HostileColumn));
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        await writer.PrepareAsync(table, Cancel);
        await writer.PrepareAsync(other, Cancel);
        (await writer.AppendAsync(table, "a", WritingSamples.Given, Cancel)).ShouldBeTrue();
        (await writer.AppendAsync(table, "a", WritingSamples.Given, Cancel)).ShouldBeFalse();
        (await writer.AppendAsync(table, "b", WritingSamples.Numbers(fixture.Engine, 3_000, column: store.HostileColumn), Cancel)).ShouldBeTrue();
        (await writer.AppendAsync(table, "b", WritingSamples.Numbers(fixture.Engine, 3_000, column: store.HostileColumn), Cancel)).ShouldBeFalse();
        (await writer.AppendAsync(other, "a", WritingSamples.Given, Cancel)).ShouldBeTrue();
        (await store.CountAsync("t")).ShouldBe(3_003);
        (await store.CountAsync("u")).ShouldBe(3);
    }

    [Fact]
    public async Task Append_RowsThatBreakOff_LeaveNothingAndCanBeWrittenAgain()
    {
        await using var store = await StoreAsync();
        var table = WritingSamples.Table("t", store.HostileColumn);
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        var tables = await store.TablesAsync();
        (await Should.ThrowAsync<InvalidOperationException>(() => writer.AppendAsync(table, "a", WritingSamples.Broken, Cancel))).Message.ShouldBe("the rows broke off");
        await Should.ThrowAsync<EngineException>(() => writer.AppendAsync(table, "a", RowBatch.Of(fixture.Engine, "SELECT nothing"), Cancel));
        (await store.CountAsync("t")).ShouldBe(0);
        (await store.TablesAsync()).ShouldBe(tables);
        (await writer.AppendAsync(table, "a", WritingSamples.Given, Cancel)).ShouldBeTrue();
        (await store.CountAsync("t")).ShouldBe(3);
    }

    [Fact]
    public async Task Prepare_TableThatIsThere_GetsItsMissingColumnsAndKeepsForeignOnes()
    {
        await using var store = await StoreAsync();
        await using var writer = await store.OpenAsync();
        var first = new TableShape("t", [new("a", TableType.Text)]);
        await writer.PrepareAsync(first, Cancel);
        await writer.AppendAsync(first, "1", RowBatch.Of([["x"]]), Cancel);
        await store.RunSqlAsync($"ALTER TABLE {store.Table("t")} ADD COLUMN theirs int DEFAULT 7");
        var second = new TableShape("t", [new("b", TableType.Integral), new("a", TableType.Text), new("c", TableType.Exact, 60, 2)]);
        await writer.PrepareAsync(second, Cancel);
        await writer.AppendAsync(second, "2", RowBatch.Of([[2L, "y", 1.25m]]), Cancel);
        (await store.QueryAsync($"SELECT a, b, c, theirs FROM {store.Table("t")} ORDER BY a")).ShouldBe(["x|NULL|NULL|7", "y|2|1.25|7"]);
    }

    [Fact]
    public async Task Prepare_FromManySides_AllFindItMade()
    {
        await using var store = await StoreAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            await using var writer = await store.OpenAsync();
            await writer.PrepareAsync(new TableShape("t", [new("a", TableType.Text), new($"c{i % 2}", TableType.Date)]), Cancel);
            (await writer.AppendAsync(new TableShape("t", [new("a", TableType.Text)]), $"{i}", RowBatch.Of([["x"]]), Cancel)).ShouldBeTrue();
        }));
        (await store.QueryAsync($"SELECT a, c0, c1 FROM {store.Table("t")}")).ShouldBe(Enumerable.Repeat("x|NULL|NULL", 4));
    }

    [Fact]
    public async Task Replace_Batch_IsAllThereIs()
    {
        await using var store = await StoreAsync();
        var table = WritingSamples.Table("t", store.HostileColumn);
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        await writer.AppendAsync(table, "a", WritingSamples.Given, Cancel);
        (await writer.ReplaceAsync(table, "b", WritingSamples.Numbers(fixture.Engine, 10, column: store.HostileColumn), Cancel)).ShouldBeTrue();
        (await writer.ReplaceAsync(table, "b", WritingSamples.Numbers(fixture.Engine, 10, column: store.HostileColumn), Cancel)).ShouldBeFalse();
        (await store.CountAsync("t")).ShouldBe(10);
        await Should.ThrowAsync<InvalidOperationException>(() => writer.ReplaceAsync(table, "c", WritingSamples.Broken, Cancel));
        (await store.CountAsync("t")).ShouldBe(10);
    }

    [Fact]
    public async Task Drop_Table_IsGoneWithItsBatches()
    {
        await using var store = await StoreAsync();
        var table = WritingSamples.Table(store.HostileName, store.HostileColumn);
        await using var writer = await store.OpenAsync();
        await writer.DropAsync(table.Name, Cancel);
        for (var i = 0; i < 2; i++)
        {
            await writer.PrepareAsync(table, Cancel);
            (await writer.AppendAsync(table, "a", WritingSamples.Given, Cancel)).ShouldBeTrue();
            await writer.DropAsync(table.Name, Cancel);
        }
        (await store.TablesAsync()).ShouldBe(["_assay_batches"]);
    }

    [Fact]
    public async Task Append_HostileTexts_AreOnlyTexts()
    {
        await using var store = await StoreAsync();
        var table = new TableShape("t", [new("id", TableType.Integral), new("a", TableType.Text)]);
        string[] texts = ["'; DROP TABLE t; --", "\\'; --", "\\", "a\\\nb", "''", "${x} {0} $1 @p ? :p %s", "\u2028 \uFEFF 𝔘", "C:\\temp\\new", "\\u0041\\101", new string('x', 70_000)];
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        await writer.AppendAsync(table, "'b\\'", RowBatch.Of(texts.Select((text, i) => (IReadOnlyList<object?>)[(long)i, text])), Cancel);
        (await writer.AppendAsync(table, "'b\\'", RowBatch.Of([[0L, "again"]]), Cancel)).ShouldBeFalse();
        (await store.QueryAsync($"SELECT a FROM {store.Table("t")} ORDER BY id")).ShouldBe([.. texts.Select(Kept)]);
        await Should.ThrowAsync<Exception>(() => writer.AppendAsync(table, "wrong", RowBatch.Of([["1); DROP TABLE t; --", "x"]]), Cancel));
        (await store.CountAsync("t")).ShouldBe(texts.Length);
    }

    /// <summary>What of a text is kept.</summary>
    private protected virtual string Kept(string text) => text;

    [Fact]
    public async Task Append_ManyRows_AreAllThere()
    {
        await using var store = await StoreAsync();
        var table = new TableShape("t", [new("n", TableType.Integral), new("half", TableType.Fractional), new("note", TableType.Text), new("day", TableType.Date)]);
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        (await writer.AppendAsync(table, "a", RowBatch.Of(fixture.Engine,
            "SELECT number AS n, number / 2 AS half, if(number % 3 = 0, NULL, repeat('ü', 20)) AS note, toDate('2024-01-01') AS day FROM numbers(20000)"), Cancel)).ShouldBeTrue();
        (await store.QueryAsync($"SELECT count(*), count(note), sum(n), max(half) FROM {store.Table("t")}")).Single().Split('|').Take(3).ShouldBe(["20000", "13333", "199990000"]);
    }

    [Fact]
    public async Task Writer_ThatMayNotOrCannot_SaysWhy()
    {
        await using var store = await StoreAsync(readOnly: true);
        await using var writer = await store.OpenAsync();
        (await Should.ThrowAsync<SourceException>(() => writer.PrepareAsync(WritingSamples.Table("t", store.HostileColumn), Cancel))).Fault.Code.ShouldBe(SourceFaultCode.PermissionDenied);
        (await Should.ThrowAsync<SourceException>(() => writer.PrepareAsync(WritingSamples.Table(new string('x', store.LongestName + 1)), Cancel))).Fault.Message.ShouldContain("more than");
        (await Should.ThrowAsync<SourceException>(() => writer.PrepareAsync(new TableShape("t", [new("a", TableType.Text), new("a", TableType.Text)]), Cancel))).Fault.Message.ShouldContain("same name");
    }

    [Fact]
    public async Task Test_ForWriting_Passes()
    {
        await using var store = await StoreAsync();
        var report = await store.Connector.TestAsync(store.Target, new TestIntent(ForWriting: true), Cancel);
        (report.Fault?.Message, report.Steps[^1].Name, report.Steps[^1].Result).ShouldBe((null, "write rights", TestStepResult.Passed));
        (await store.TablesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Test_ForWritingWithoutTheRight_Fails()
    {
        await using var other = await StoreAsync(readOnly: true);
        (await other.Connector.TestAsync(other.Target, new TestIntent(ForWriting: true), Cancel)).ShouldFailWith(SourceFaultCode.PermissionDenied, "write rights");
    }
}
