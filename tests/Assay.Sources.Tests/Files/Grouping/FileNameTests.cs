using Assay.Sources.Files.Formats;

namespace Assay.Sources.Tests.Files.Grouping;

public class FileNameTests
{
    [Theory]
    [InlineData("a.csv", "csv", ".csv", null)]
    [InlineData("a.tsv.gz", "tsv", ".tsv.gz", "gzip")]
    [InlineData("a.TXT", "txt", ".TXT", null)]
    [InlineData("a.psv", "psv", ".psv", null)]
    [InlineData("a.skv.gz", "skv", ".skv.gz", "gzip")]
    [InlineData("a.json.gz", "json", ".json.gz", "gzip")]
    [InlineData("a.jsonl", "json", ".jsonl", null)]
    [InlineData("a.ndjson.gz", "json", ".ndjson.gz", "gzip")]
    [InlineData("a.b.parquet", "parquet", ".parquet", null)]
    [InlineData("a.avro", "avro", ".avro", null)]
    [InlineData("a.orc", "orc", ".orc", null)]
    [InlineData("a.xls", "xls", ".xls", null)]
    [InlineData("a.xlsx", "xlsx", ".xlsx", null)]
    [InlineData("a.xlsm", "xlsm", ".xlsm", null)]
    public void TryParse_FormatOfTheReference_IsTaken(string name, string format, string extension, string? compression)
    {
        FileName.TryParse(name, out var parsed).ShouldBeTrue();
        parsed!.Format.Name.ShouldBe(format);
        parsed.Extension.ShouldBe(extension);
        parsed.Compression.ShouldBe(compression);
        (parsed.Stem + parsed.Extension).ShouldBe(name);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("_SUCCESS")]
    [InlineData("csv")]
    [InlineData(".csv")]
    [InlineData(".hidden.csv")]
    [InlineData("~$book.xlsx")]
    [InlineData("a.parquet.gz")]
    [InlineData("a.xlsx.gz")]
    [InlineData("a.csv.crc")]
    [InlineData("a.gz")]
    public void TryParse_AnythingElse_IsPassedOver(string name) => FileName.TryParse(name, out _).ShouldBeFalse();
}
