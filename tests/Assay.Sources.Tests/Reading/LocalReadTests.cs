using System.Text;
using Assay.Engine;
using Assay.Sources.Reading;
using Assay.Sources.Tests.Local;

namespace Assay.Sources.Tests.Reading;

public sealed class LocalReadTests(EngineFixture fixture) : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private ReadSource Source(bool globbing = false)
    {
        var local = fixture.Source("local", folder.Path);
        return new ReadSource(fixture.Engine, local, local.Settings(null), globbing);
    }

    [Theory]
    [InlineData("Parquet", "x.parquet")]
    [InlineData("ORC", "x.orc")]
    [InlineData("Avro", "x.avro")]
    public async Task Read_EmbeddedSchema_GivesFieldsAndRows(string format, string name)
    {
        await fixture.WriteAsync(folder[name], format, "SELECT number::Int64 AS id, toString(number) AS na_me, number / 2 AS half FROM numbers(3)");
        var container = await Source().ContainerAsync(name);
        container.Fields.Select(f => $"{f.Name} {f.Type}").ShouldBe(["id Integral", "na_me String", "half Fractional"]);
        (await Source().RowsAsync(name)).ShouldBe(["0|0|0", "1|1|0.5", "2|2|1"]);
        (await Source().RowsAsync(name, r => r with { Columns = ["half", "id"], RowLimit = 1 })).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Read_BrokenParquet_IsAProblemOfItsContainerOnly()
    {
        folder.With("bad.parquet", "no parquet at all").With("ok.csv");
        await fixture.WriteAsync(folder["good.parquet"], "Parquet", "SELECT 1 AS a");
        (await Source().ContainerAsync("bad.parquet")).Problem!.Message.ShouldContain("bad.parquet: The file is damaged, or it is no parquet file.");
        (await Source().ContainerAsync("good.parquet")).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Read_ParquetFilesThatDiffer_MissingColumnsAreNull()
    {
        await fixture.WriteAsync(folder["p_1.parquet"], "Parquet", "SELECT 1::Int32 AS id, 'a' AS name");
        await fixture.WriteAsync(folder["p_2.parquet"], "Parquet", "SELECT 2::Int32 AS id");
        (await Source().RowsAsync("p_*.parquet", r => r with { Columns = ["id", "name"] })).ShouldBe(["1|a", "2|NULL"]);
    }

    [Fact]
    public async Task Read_ParquetFilesOfDifferentWidths_LosesNoDigit()
    {
        await fixture.WriteAsync(folder["w_1.parquet"], "Parquet", "SELECT 1::Int32 AS id, 0.1::Float32 AS f, 'a'::FixedString(1) AS s");
        await fixture.WriteAsync(folder["w_11.parquet"], "Parquet", "SELECT 9007199254740993::Int64 AS id, 0.1::Float64 AS f, 'bcd' AS s");
        (await Source().RowsAsync("w_*.parquet", r => r with { Columns = ["id", "s"] })).ShouldBe(["1|a", "9007199254740993|bcd"]);
        (await Source().RowsAsync("w_*.parquet", r => r with { Columns = ["f"], Partitions = ["w_11.parquet"] })).ShouldBe(["0.1"]);
    }

    [Fact]
    public async Task Read_ParquetInFoldersOfPartitions_HasTheFilesColumnsOnly()
    {
        await fixture.WriteAsync(folder["p/dt=1/a.parquet"], "Parquet", "SELECT 1::Int64 AS id");
        await fixture.WriteAsync(folder["p/dt=2/a.parquet"], "Parquet", "SELECT 2::Int64 AS id");
        (await Source().ContainerAsync("p/dt=1/a.parquet")).Fields.Select(f => f.Name).ShouldBe(["id"]);
        (await Source().RowsAsync("p/dt=1/a.parquet")).ShouldBe(["1"]);
        (await Source(globbing: true).RowsAsync("p/dt=*/*.parquet", r => r with { PartitionColumn = "p" })).ShouldBe(["1|p/dt=1/a.parquet", "2|p/dt=2/a.parquet"]);
    }

    [Fact]
    public async Task Read_ParquetThatLostAColumnSinceTheSync_HasNullInIt()
    {
        await fixture.WriteAsync(folder["x.parquet"], "Parquet", "SELECT 1::Int64 AS id, 2::Int64 AS gone");
        var before = await Source().ContainerAsync("x.parquet");
        File.Delete(folder["x.parquet"]);
        await fixture.WriteAsync(folder["x.parquet"], "Parquet", "SELECT 3::Int64 AS id");
        (await Source().RowsAsync(before)).ShouldBe(["3|NULL"]);
    }

    [Theory]
    [InlineData("a,b,c\nd,e,f\n")]
    [InlineData("a,b,c\n\nd,e,f\n")]
    public async Task Read_WithoutHeader_ExcludedFieldsKeepTheirPlace(string content)
    {
        folder.With("x.csv", content);
        var container = await ByPositionAsync("x.csv");
        foreach (var (left, rows) in new[] { ("column_1", (string[])["b|c", "e|f"]), ("column_2", ["a|c", "d|f"]), ("column_3", ["a|b", "d|e"]) })
            (await Source().RowsAsync(container with { Fields = [.. container.Fields.Where(f => f.Name != left)], Excluded = [.. container.Fields.Where(f => f.Name == left)] })).ShouldBe(rows, left);
    }

    [Theory]
    [InlineData("a,b,c\nd,e,f\n")]
    [InlineData("a,b,c\n\nd,e,f\n")]
    public async Task Read_WithAHeaderThatTheListingTookForValues_GoesByPosition(string content)
    {
        folder.With("x.csv", content);
        var container = await ByPositionAsync("x.csv");
        (await Source().RowsAsync(container with { File = container.File! with { HasHeader = true } })).ShouldBe(["d|e|f"]);
    }

    [Theory]
    [InlineData("a,b,c\nd,e,f\n")]
    [InlineData("a,b,c\n\nd,e,f\n")]
    public async Task Read_WithoutTheHeaderThatTheListingSaw_GoesByPosition(string content)
    {
        folder.With("x.csv", content);
        var container = await Source().ContainerAsync("x.csv");
        container.Fields.Select(f => f.Name).ShouldBe(["a", "b", "c"]);
        (await Source().RowsAsync(container with { File = container.File! with { HasHeader = false } })).ShouldBe(["a|b|c", "d|e|f"]);
    }

    /// <summary>A container whose fields the listing named by their positions.</summary>
    private async Task<ContainerStructure> ByPositionAsync(string name)
    {
        var container = await Source().ContainerAsync(name);
        return container with { Fields = [.. container.Fields.Select((f, i) => f with { Name = $"column_{i + 1}" })], File = container.File! with { HasHeader = false } };
    }

    private const string Mixed = "id,big,f,b,d,t,s\n1,9223372036854775808,1.5,true,2026-01-31,2026-01-31T10:00:00Z,x\n2,,,,,,\n";
    private static readonly string[] MixedRows = ["1|9223372036854775808|1.5|True|2026-01-31|2026-01-31 10:00:00|x", "2|NULL|NULL|NULL|NULL|NULL|NULL"];

    [Theory]
    [InlineData("utf-8", ',', "m.csv")]
    [InlineData("utf-8", ';', "m.csv")]
    [InlineData("utf-8", '\t', "m.tsv")]
    [InlineData("utf-8", '|', "m.psv")]
    [InlineData("utf-16", ',', "m.csv")]
    [InlineData("utf-16BE", ';', "m.skv")]
    public async Task Read_Delimited_GivesTypedRowsInAnyEncoding(string encoding, char delimiter, string name)
    {
        var encoder = Encoding.GetEncoding(encoding);
        folder.With(name, [.. encoder.GetPreamble(), .. encoder.GetBytes(Mixed.Replace(',', delimiter))]);
        (await Source().RowsAsync(name)).ShouldBe(MixedRows);
        (await Source().RowsAsync(name, r => r with { Text = true, Columns = ["f", "d"] })).ShouldBe(["1.5|2026-01-31", "NULL|NULL"]);
    }

    [Fact]
    public async Task Read_OddDelimitedText_LosesNothing()
    {
        folder.With("back.csv", "id,name\n1,\"a \\\"b\\\", c\"\n2,\"d\"\n");
        folder.With("ragged.csv", "id,name\n1\n\n2,\"x\ny\"\n3,\"\"\n");
        folder.With("names.csv", "a,a,,b\n1,2,3,4\n");
        folder.With("noheader.csv", "1,x\n2,y\n");
        (await Source().RowsAsync("back.csv")).ShouldBe(["1|a \"b\", c", "2|d"]);
        (await Source().RowsAsync("ragged.csv")).ShouldBe(["1|NULL", "2|x\ny", "3|"]);
        (await Source().RowsAsync("ragged.csv", r => r with { Empty = EmptyCells.Null })).ShouldBe(["1|NULL", "2|x\ny", "3|NULL"]);
        (await Source().RowsAsync("ragged.csv", r => r with { Empty = EmptyCells.Text })).ShouldBe(["1|", "2|x\ny", "3|"]);
        folder.With("plain.csv", "id,name\n1,\n,b\n3,\"\"\n");
        (await Source().RowsAsync("plain.csv")).ShouldBe(["1|NULL", "3|", "NULL|b"]);
        (await Source().RowsAsync("plain.csv", r => r with { Empty = EmptyCells.Null })).ShouldBe(["1|NULL", "3|NULL", "NULL|b"]);
        (await Source().RowsAsync("plain.csv", r => r with { Empty = EmptyCells.Text })).ShouldBe(["1|", "3|", "NULL|b"]);
        (await Source().RowsAsync("names.csv")).ShouldBe(["1|2|3|4"]);
        (await Source().RowsAsync("noheader.csv")).ShouldBe(["1|x", "2|y"]);
    }

    [Theory]
    [InlineData("id,name\n1,a\n{0}oops,z\n")]
    [InlineData("id,name\n1,\"a\\\"\"\n{0}oops,z\n")]
    public async Task Read_ValueThatIsNotOfItsType_FailsInsteadOfVanishing(string content)
    {
        folder.With("late.csv", content.Replace("{0}", string.Concat(Enumerable.Repeat("2,b\n", 2_000))));
        await Should.ThrowAsync<EngineException>(() => Source().RowsAsync("late.csv"));
        (await Source().RowsAsync("late.csv", r => r with { Text = true })).ShouldContain("oops|z");
    }

    [Theory]
    [InlineData("{\"a\":1,\"o\":{\"x\":[1]},\"r\":[1,2],\"m\":1}\n{\"a\":null,\"m\":\"t\"}\n")]
    [InlineData("[{\"a\":1,\"o\":{\"x\":[1]},\"r\":[1,2],\"m\":1},{\"a\":null,\"m\":\"t\"}]")]
    public async Task Read_Json_GivesObjectsAsText(string content)
    {
        folder.With("x.json", content);
        (await Source().RowsAsync("x.json")).ShouldBe(["1|{\"x\":[1]}|[1,2]|1", "NULL|NULL|[]|t"]);
    }

    [Fact]
    public async Task Read_Partitions_AreThoseAskedFor()
    {
        folder.With("o_1.csv", "id\n1\n").With("o_2.csv", "id\n2\n").With("o_3.csv", "").With("o_2[x]{y}?*.csv", "id\n22\n").With("sub/o_9.csv", "id\n9\n");
        File.SetLastWriteTimeUtc(folder["o_1.csv"], new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (await Source().RowsAsync("o_*.csv", r => r with { PartitionColumn = "file" })).ShouldBe(["1|o_1.csv", "22|o_2[x]{y}?*.csv", "2|o_2.csv"]);
        (await Source().RowsAsync("o_*.csv", r => r with { Partitions = ["o_2[x]{y}?*.csv"] })).ShouldBe(["22"]);
        (await Source().RowsAsync("o_*.csv", r => r with { After = new(Modified: new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero)) })).ShouldBe(["2", "22"]);
        (await Source().RowsAsync("o_*.csv", r => r with { Partitions = ["o_3.csv"] })).ShouldBeEmpty();
        var refused = await Should.ThrowAsync<SourceException>(() => Source().RowsAsync("o_*.csv", r => r with { Partitions = ["sub/o_9.csv"] }));
        refused.Fault.Code.ShouldBe(SourceFaultCode.InvalidSettings);
        refused = await Should.ThrowAsync<SourceException>(() => Source().RowsAsync("o_*.csv", r => r with { Partitions = ["o_7.csv"] }));
        refused.Fault.Code.ShouldBe(SourceFaultCode.NotFound);
    }

    [Fact]
    public async Task Read_PartitionFolders_AreReadTogether()
    {
        folder.With("s/dt=1/a.csv", "id\n1\n").With("s/dt=2/b.csv", "id\n2\n").With("s/x/c.csv", "id\n3\n");
        (await Source(globbing: true).RowsAsync("s/dt=*/*.csv", r => r with { PartitionColumn = "p" })).ShouldBe(["1|s/dt=1/a.csv", "2|s/dt=2/b.csv"]);
    }

    [Fact]
    public async Task Read_UnknownColumn_IsRefused()
    {
        folder.With("x.csv");
        (await Should.ThrowAsync<SourceException>(() => Source().RowsAsync("x.csv", r => r with { Columns = ["nope"] }))).Fault.Message.ShouldContain("'nope'");
    }

    [Fact]
    public async Task Read_StagedRows_LeaveNoTableBehind()
    {
        folder.With("u.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("id\n1\n")).ToArray());
        (await Source().RowsAsync("u.csv")).ShouldBe(["1"]);
        var left = await fixture.Engine.QueryAsync("SELECT name FROM system.tables WHERE name LIKE 'assay_stage_%'").ToListAsync();
        left.ShouldBeEmpty();
    }
}
