using Assay.Sources.Files.Schema.Text;
using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Tests.Files.Schema;

public class HeaderTests
{
    private static bool HasHeader(params string[] records) =>
        HeaderSniffer.HasHeader([.. records.Select(record => record.Split(',').Select(cell => (cell, ValueReader.KindOf(cell))).ToList())]);

    [Theory]
    [InlineData(true, "id,name", "1,a", "2,b")]
    [InlineData(true, "name,city", "a,x", "b,y")]
    [InlineData(true, "id,name")]
    [InlineData(true, "id,2024,2025", "1,x,y", "2,x,y")]
    [InlineData(false, "1,a", "2,b")]
    [InlineData(false, "a,x", "a,y")]
    [InlineData(false, "2024-01-01,x", "2024-01-02,y")]
    [InlineData(false, ",", "1,2")]
    [InlineData(false, "1,2")]
    public void HasHeader_FirstRecord_IsNamesUnlessItLooksLikeData(bool expected, params string[] records) => HasHeader(records).ShouldBe(expected);

    [Fact]
    public void From_Header_MakesEveryNameDifferent()
    {
        ColumnNames.From(["id", " id ", "", "id_2", "x"], 6).ShouldBe(["id", "id_2", "column_3", "id_2_2", "x", "column_6"]);
        ColumnNames.From(null, 2).ShouldBe(["column_1", "column_2"]);
    }
}
