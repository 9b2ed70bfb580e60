namespace Assay.Engine.Tests;

public sealed class QueryTests(SharedEngine shared)
{
    private readonly IEngine _engine = shared.Engine;

    [Fact]
    public async Task QueryAsync_SeveralRows_GivesColumnsAndValues()
    {
        var rows = await _engine.ListAsync("SELECT number AS n, concat('row ', toString(number)) AS text FROM numbers(3)");

        rows.Select(row => row.Get<long>("n")).ShouldBe([0, 1, 2]);
        rows[2]["text"].ShouldBe("row 2");
        rows[0].Columns.Select(column => column.Type).ShouldBe(["UInt64", "String"]);
    }

    [Fact]
    public async Task ExecuteAndInsert_StagingTable_HoldsWhatWasSent()
    {
        await _engine.ExecuteAsync("CREATE TABLE insert_basic (a Int64, b Nullable(String)) ENGINE = MergeTree ORDER BY a");

        var summary = await _engine.InsertAsync("INSERT INTO insert_basic (a, b) FORMAT TSV", async (stream, cancellation) =>
        {
            for (var i = 0; i < 1000; i++)
                await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{i}\t{(i % 2 == 0 ? "\\N" : "x\\ty")}\n"), cancellation);
        });

        summary.WrittenRows.ShouldBe(1000ul);
        var row = (await _engine.ListAsync("SELECT count(), count(b), max(b) FROM insert_basic"))[0];
        row.Values.ShouldBe([1000ul, 500ul, "x\ty"]);
    }

    [Fact]
    public async Task QueryAsync_Parameters_ArriveAsTheyAre()
    {
        const string text = "it's a \\ tab\t line\n nul\0 `quote` \u00e9\U0001f600 {x:String}";
        var query = new EngineQuery("SELECT {text:String} AS text, {none:Nullable(String)} AS none, {list:Array(Nullable(String))} AS list, {n:Int32} AS n")
            .With("text", text).With("none", null).With("list", new[] { text, null, "" }).With("n", -5);

        var row = (await _engine.ListAsync(query))[0];

        row["text"].ShouldBe(text);
        row["none"].ShouldBeNull();
        row["list"].ShouldBe(new object?[] { text, null, "" });
        row["n"].ShouldBe(-5);
    }
}
