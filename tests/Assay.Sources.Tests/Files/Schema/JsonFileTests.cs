using System.Text;
using Assay.Sources.Tests.Local;
using Assay.Testing.Npm;

namespace Assay.Sources.Tests.Files.Schema;

public sealed class JsonFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Task<ContainerStructure> ReadAsync(string content, string name = "x.json") => LocalSource.SingleAsync(folder.With(name, content).Path);

    private static string Shape(ContainerStructure container)
    {
        container.Problem.ShouldBeNull();
        return string.Join(", ", container.Fields.Select(f => f.ElementType is { } element ? $"{f.Name} {f.Type}[{element}]" : $"{f.Name} {f.Type}"));
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"c\":true}\n", "lines")]
    [InlineData("[{\"a\":1,\"b\":\"x\"},\n{\"a\":2,\"c\":true}]", "array")]
    [InlineData("{\n \"a\": 1,\n \"b\": \"x\", \"c\": true }\n", "object")]
    [InlineData("{\"a\":1,\"b\":\"x\"}{\"a\":2,\"c\":true}", "lines")]
    public async Task Read_AnyShapeOfRecords_HasTheSameFields(string content, string shape)
    {
        var container = await ReadAsync(content);
        Shape(container).ShouldBe("a Integral, b String, c Boolean");
        container.File!.JsonFormat.ShouldBe(shape);
    }

    [Fact]
    public async Task Read_ValuesOfManyKinds_AreTyped() =>
        Shape(await ReadAsync("""
            {"i":1,"f":1.5,"m":1,"d":"2026-01-01","t":"2026-01-01T10:00:00Z","n":null,"o":{"x":1},"ai":[1,2],"as":["a"],"ao":[{"y":1}],"mix":1,"q":"12"}
            {"i":2,"f":2,"m":2.5,"d":"2026-01-02","t":"2026-01-01","n":null,"o":{"z":1},"ai":[],"as":[null],"ao":[{"y":2}],"mix":"a","q":"13"}
            """)).ShouldBe("i Integral, f Fractional, m Fractional, d Date, t Timestamp, n Unknown, o Struct, ai Array[Integral], as Array[String], ao Array[Struct], mix String, q String");

    [Fact]
    public async Task Read_ManyRecords_StopsAtTheSample()
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < 60_000; i++) text.Append("{\"id\":").Append(i).Append("},\n");
        text.Append("{\"id\":\"late\"}]");
        Shape(await ReadAsync(text.ToString())).ShouldBe("id Integral");
    }

    [Fact]
    public async Task Read_FirstRecordLongerThanTheSample_IsStillRead() =>
        Shape(await ReadAsync($"{{\"big\":\"{new string('x', 2_000_000)}\",\"a\":1}}")).ShouldBe("big String, a Integral");

    [Theory]
    [InlineData("[1,2,3]", "not objects")]
    [InlineData("\"text\"", "not objects")]
    [InlineData("[[1,2]]", "not objects")]
    [InlineData("{\"a\":1,}x", "line 1")]
    [InlineData("{\"a\":1}\n{\"a\":\n", "line ")]
    [InlineData("[]", "no records")]
    [InlineData("   \n", "no records")]
    public async Task Read_BrokenFile_IsAProblem(string content, string says)
    {
        var container = await ReadAsync(content);
        container.Problem!.Message.ShouldContain(says);
    }

    [Fact]
    public async Task Read_RealFiles_HaveTheirFields()
    {
        folder.With("movies.json", NpmPackages.Vega("movies.json")).With("cars.json", NpmPackages.Vega("cars.json")).With("us.json", NpmPackages.Vega("us-10m.json"));
        var containers = (await LocalSource.ListAsync(folder.Path)).ToDictionary(c => c.Name);
        Shape(containers["movies.json"]).ShouldContain("Title String, US Gross Integral, Worldwide Gross");
        Shape(containers["movies.json"]).ShouldContain("IMDB Rating Fractional");
        Shape(containers["cars.json"]).ShouldBe("Name String, Miles_per_Gallon Fractional, Cylinders Integral, Displacement Fractional, Horsepower Integral, Weight_in_lbs Integral, Acceleration Fractional, Year Date, Origin String");
        Shape(containers["us.json"]).ShouldBe("type String, transform Struct, objects Struct, arcs Array[Array]");
    }
}
