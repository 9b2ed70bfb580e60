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

    private const string Wide = "Customer Id,First Name,Last Name,E-Mail,Phone,Birth Date,Street,City,Country,Status,Type,Tier,Notes,Referrer,Plan,Balance,Active";

    [Theory]
    // A word of the header comes again among the values, a name looks like a number, cells are empty, the file is put together of several.
    [InlineData(true, Wide, "1,Ann,Lee,ann@x.org,+49 30 1,1990-01-31,A St 1,Rome,IT,Status,a,b,,,x,1.5,true", "2,Bob,Ray,bob@x.org,+49 30 2,1991-01-31,B St 2,Oslo,NO,open,Type,b,,,y,2,false")]
    [InlineData(true, "Id,Name,2019,E-Mail,Joined", "1,Ann,5,ann@x.org,2020-01-01", "2,Bob,7,bob@x.org,2020-01-02")]
    [InlineData(true, "id,name,,", "1,Ann,x,", "2,Bob,y,")]
    [InlineData(true, "id,kind", "1,a", "2,b", "id,kind", "3,a")]
    [InlineData(true, "a,b,c,d,e,f,g,Comments", "q,w,e1,r,t,z,u,Comments", "y,x,c2,v,o,n,m,fine")]
    // Amounts, dates and addresses that are no plain numbers are values all the same; a few words among them change nothing.
    [InlineData(true, "day,mail,share", "03/04/2026,a@x.org,12 %", "05/06/2026,b@x.org,9 %")]
    [InlineData(true, "paid,status", "1,paid", "2,open", "3,open", "4,open", "5,open", "6,open", "7,open", "8,open", "9,open", "10,open", "later,status")]
    [InlineData(false, "03/04/2026,a", "05/06/2026,b")]
    [InlineData(false, "Ann,ann@x.org", "Bob,bob@x.org")]
    [InlineData(false, "C-001,Ann", "C-002,Bob", "C-117,Cid")]
    [InlineData(false, "Ann,N/A", "Bob,5", "Ann,6")]
    // Pivoted tables: years, days.
    [InlineData(true, "Country,2019,2020,2021", "France,5,6,7", "Spain,2,2,3")]
    [InlineData(true, "Country,Code,1990,2000,2010", "France,FR,58,60.9,64.6", "Spain,ES,39,41,47")]
    [InlineData(true, "Shop,1,2,3,4,5,6,7", "North,9,2,8,1,4,7,5", "South,3,3,1,6,2,8,4")]
    [InlineData(true, "Region,2020-01-22,2020-01-23", "North,5,7", "South,6,8")]
    [InlineData(true, "Region,2019,2020")]
    [InlineData(false, "Ann,2001,2004", "Bob,1999,2003", "Cid,2010,2015")]
    [InlineData(false, "Ann,2000", "Bob,1500", "Cid,300")]
    [InlineData(false, "a,1,2,3,4,5,6", "b,2,3,4,5,6,7")]
    [InlineData(false, "2019,2020", "1,2")]
    [InlineData(false, "name,2020-01-01")]
    [InlineData(false, "a,b", "a,b")]
    [InlineData(false, "N/A,-", "1,2")]
    public void HasHeader_OfRealisticFiles_GoesByWhatMostColumnsSay(bool expected, params string[] records) => HasHeader(records).ShouldBe(expected);

    [Fact]
    public void From_Header_MakesEveryNameDifferent()
    {
        ColumnNames.From(["id", " id ", "", "id_2", "x"], 6).ShouldBe(["id", "id_2", "column_3", "id_2_2", "x", "column_6"]);
        ColumnNames.From(null, 2).ShouldBe(["column_1", "column_2"]);
    }
}
