using System.IO.Compression;
using System.Text;
using Assay.Sources.Tests.Local;

namespace Assay.Sources.Tests.Files.Schema;

public sealed class DelimitedFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Task<ContainerStructure> ReadAsync(string name, string content) => ReadAsync(name, Encoding.UTF8.GetBytes(content));

    private Task<ContainerStructure> ReadAsync(string name, byte[] content) => LocalSource.SingleAsync(folder.With(name, content).Path);

    private static string Shape(ContainerStructure container)
    {
        container.Problem.ShouldBeNull();
        return string.Join(", ", container.Fields.Select(f => $"{f.Name} {f.Type}"));
    }

    private const string People = "id,name,born,score,active,zip\n1,Ann,1990-01-31,1.5,true,00501\n2,Bob,1985-12-01,2,false,90210\n";
    private const string PeopleShape = "id Integral, name String, born Date, score Fractional, active Boolean, zip String";

    [Fact]
    public async Task Read_PlainCsv_HasHeaderNamesAndTypes()
    {
        var container = await ReadAsync("people.csv", People);
        Shape(container).ShouldBe(PeopleShape);
        container.File!.HasHeader.ShouldBe(true);
        container.File.Delimiter.ShouldBe(",");
        container.File.EscapeCharacter.ShouldBe("\"");
        container.File.Encoding.ShouldBe("utf-8");
        container.Fields.Select(f => f.Ordinal).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Theory]
    [InlineData("people.csv", ';')]
    [InlineData("people.csv", '\t')]
    [InlineData("people.csv", '|')]
    [InlineData("people.tsv", '\t')]
    [InlineData("people.psv", '|')]
    [InlineData("people.skv", ';')]
    [InlineData("people.txt", '\t')]
    [InlineData("people.txt", ',')]
    [InlineData("people.txt", '|')]
    public async Task Read_OtherDelimiter_IsFound(string name, char delimiter)
    {
        var container = await ReadAsync(name, People.Replace(',', delimiter));
        Shape(container).ShouldBe(PeopleShape);
        container.File!.Delimiter.ShouldBe(delimiter.ToString());
    }

    [Theory]
    [InlineData("utf-8", true, "utf-8")]
    [InlineData("utf-16", true, "utf-16le")]
    [InlineData("utf-16", false, "utf-16le")]
    [InlineData("utf-16BE", true, "utf-16be")]
    [InlineData("utf-16BE", false, "utf-16be")]
    [InlineData("utf-32", true, "utf-32le")]
    [InlineData("iso-8859-1", false, "windows-1252")]
    public async Task Read_OtherEncoding_IsFound(string encoding, bool mark, string found)
    {
        var encoder = Encoding.GetEncoding(encoding);
        byte[] content = [.. mark ? encoder.GetPreamble() : [], .. encoder.GetBytes("name,größe\nÄnne,1\nBjörn,2\n")];
        var container = await ReadAsync("people.csv", content);
        Shape(container).ShouldBe("name String, größe Integral");
        container.File!.Encoding.ShouldBe(found);
    }

    [Theory]
    [InlineData("people.csv.gz")]
    [InlineData("people.tsv.gz")]
    [InlineData("people.txt.gz")]
    [InlineData("people.psv.gz")]
    [InlineData("people.skv.gz")]
    public async Task Read_Gzipped_IsUnpacked(string name)
    {
        var delimiter = name.Contains("tsv") ? '\t' : name.Contains("psv") ? '|' : name.Contains("skv") ? ';' : ',';
        var container = await ReadAsync(name, Gzip(People.Replace(',', delimiter)));
        Shape(container).ShouldBe(PeopleShape);
        container.File!.Compression.ShouldBe("gzip");
    }

    [Fact]
    public async Task Read_LargeGzippedFile_ReadsOnlyItsHead()
    {
        // 300,000 lines of poorly packed text: far more than the sample, packed and unpacked.
        var random = new Random(1);
        var text = new StringBuilder("id,noise\n");
        for (var i = 0; i < 300_000; i++) text.Append(i).Append(',').Append(Convert.ToHexString(BitConverter.GetBytes(random.NextInt64()))).Append('\n');
        Shape(await ReadAsync("big.csv.gz", Gzip(text.ToString()))).ShouldBe("id Integral, noise String");
    }

    [Fact]
    public async Task Read_LastRecordOfTheSampleIsCut_IsNotJudged()
    {
        // The sample ends in the middle of a number's record; half a record must not count.
        var text = new StringBuilder("id,flag\n");
        while (text.Length < 300_000) text.Append("1234567,true\n");
        Shape(await ReadAsync("big.csv", text.ToString())).ShouldBe("id Integral, flag Boolean");
    }

    [Fact]
    public async Task Read_QuotedCells_HoldDelimitersAndLineEnds()
    {
        var container = await ReadAsync("q.csv", "id,\"the, name\"\r\n1,\"a \"\"b\"\", c\nd\"\r\n2,plain\r\n");
        Shape(container).ShouldBe("id Integral, the, name String");
    }

    [Fact]
    public async Task Read_BackslashEscapes_AreFound()
    {
        var container = await ReadAsync("q.csv", "id,name\n1,\"a \\\"b\\\" c\"\n2,\"d\"\n");
        container.File!.EscapeCharacter.ShouldBe("\\");
        Shape(container).ShouldBe("id Integral, name String");
    }

    [Theory]
    [InlineData("1,Ann\n2,Bob\n", false)]
    [InlineData("Ann,red\nBob,blue\nCid,red\n", false)]
    [InlineData("name,colour\nAnn,red\nBob,red\n", true)]
    [InlineData(",colour\n1,red\n2,red\n", true)]
    [InlineData("name,colour\n", true)]
    [InlineData("1,2\n", false)]
    public async Task Read_FirstRecord_IsHeaderUnlessItLooksLikeData(string content, bool header)
    {
        var container = await ReadAsync("h.csv", content);
        container.File!.HasHeader.ShouldBe(header);
        if (!header) container.Fields.Select(f => f.Name).ShouldBe(["column_1", "column_2"]);
    }

    [Fact]
    public async Task Read_RepeatedAndMissingNames_AreMadeDifferent() =>
        (await ReadAsync("h.csv", "a,a,,b\n1,2,3,4,5\n")).Fields.Select(f => f.Name).ShouldBe(["a", "a_2", "column_3", "b", "column_5"]);

    [Fact]
    public async Task Read_OneColumn_IsOneField() => Shape(await ReadAsync("one.txt", "word\nalpha\nbeta\n")).ShouldBe("word String");

    [Theory]
    [InlineData("a.csv", "", "empty")]
    [InlineData("a.csv", "\n\n\n", "no records")]
    [InlineData("a.csv", "id,name\n1,\"never closed\n2,x\n", "never closed")]
    [InlineData("a.csv", "PK\u0003\u0004\0\0\0\0\u0001\u0002\u0003", "binary")]
    [InlineData("a.csv.gz", "this is not gzip", "gzip")]
    public async Task Read_BrokenFile_IsAProblemOfItsContainerOnly(string name, string content, string says)
    {
        folder.With("fine/other.csv");
        var containers = await LocalSource.ListAsync(folder.With(name, content).Path);
        containers.Count.ShouldBe(2);
        var broken = containers.Single(c => c.Name == name);
        broken.Problem!.Message.ShouldContain(says);
        broken.Problem.Message.ShouldContain(name);
        broken.Fields.ShouldBeEmpty();
        containers.Single(c => c.Name == "fine/other.csv").Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Read_GroupOfFiles_AddsFieldsAndWidens()
    {
        folder.With("sales_2023.csv", "id,amount\n1,10\n").With("sales_2024.csv", "id,amount,note\n1,10.5,hello world\n").With("sales_2025.csv", "id,amount\n1,7\n");
        SetDays("sales_2023.csv", "sales_2024.csv", "sales_2025.csv");
        Shape(await LocalSource.SingleAsync(folder.Path)).ShouldBe("id Integral, amount Fractional, note String");
    }

    [Fact]
    public async Task Read_OneBrokenFileAmongMany_IsAWarning()
    {
        folder.With("sales_1.csv").With("sales_2.csv").With("sales_3.csv", "").With("sales_4.csv", "x,\"y\n");
        SetDays("sales_1.csv", "sales_2.csv", "sales_3.csv", "sales_4.csv");
        var container = await LocalSource.SingleAsync(folder.Path);
        Shape(container).ShouldBe("id Integral, name String");
        container.Warnings.Count.ShouldBe(2);
        container.Warnings.ShouldContain(w => w.StartsWith("sales_3.csv") && w.Contains("empty"));
        container.Warnings.ShouldContain(w => w.StartsWith("sales_4.csv") && w.Contains("never closed"));
    }

    private void SetDays(params string[] names)
    {
        for (var i = 0; i < names.Length; i++) File.SetLastWriteTimeUtc(folder[names[i]], new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
