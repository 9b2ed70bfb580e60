using Assay.Engine;
using Assay.Sources.Tests.Files.Workbooks;
using Assay.Sources.Tests.Local;

namespace Assay.Sources.Tests.Reading;

/// <summary>Workbooks from the listing to the rows.</summary>
public sealed class WorkbookReadTests(EngineFixture fixture) : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private ReadSource Source()
    {
        var local = fixture.Source("local", folder.Path);
        return new ReadSource(fixture.Engine, local, local.Settings(null));
    }

    private async Task<string> ProblemAsync(string name) => (await Source().ContainerAsync(name)).Problem!.Message;

    private static string Types(ContainerStructure container) => string.Join(", ", container.Fields.Select(f => $"{f.Name} {f.Type}"));

    [Theory]
    [InlineData("xls")]
    [InlineData("xlsx")]
    [InlineData("xlsm")]
    public async Task Read_Workbook_GivesTheFirstVisibleSheetTyped(string extension)
    {
        folder.With($"orders.{extension}", await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Files", "Workbooks", $"orders.{extension}")));
        var container = await Source().ContainerAsync($"orders.{extension}");
        container.Problem.ShouldBeNull();
        Types(container).ShouldBe("id Integral, name String, amount Fractional, paid Boolean, day Date, at Timestamp, code String");
        container.Warnings.ShouldHaveSingleItem().ShouldBe($"orders.{extension}: Only the sheet 'Orders' is read, not 'Other'.");
        (await Source().RowsAsync(container)).ShouldBe([
            "12345678901|a \"quoted\", text|-0.25|False|1999-12-31|2024-02-29 23:59:00|12",
            "5|Zürich|1.5|True|2026-03-01|2026-03-01 12:30:00|007",
            "7|NULL|2|NULL|NULL|NULL|x"]);
        (await Source().RowsAsync(container, r => r with { Columns = ["at", "id"], Text = true, RowLimit = 1 })).ShouldBe(["2026-03-01 12:30:00.000000|5"]);
    }

    [Fact]
    public async Task Read_LikeNamedWorkbooks_AreOneContainerWithColumnsByName()
    {
        folder.With("sales_2024.xlsx", XlsxFile.Of([["id", "amount"], [1, 1.5]]));
        folder.With("sales_2025.xlsx", XlsxFile.Of([["amount", "id", "note"], [2, 2, "n"]]));
        var container = await Source().ContainerAsync("sales_*.xlsx");
        container.Partitions.Count.ShouldBe(2);
        (await Source().RowsAsync(container, r => r with { Columns = ["id", "amount", "note"], PartitionColumn = "p" })).ShouldBe(["1|1.5|NULL|sales_2024.xlsx", "2|2|n|sales_2025.xlsx"]);
        (await Source().RowsAsync(container, r => r with { Columns = ["id"], Partitions = ["sales_2025.xlsx"] })).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Read_Dates_AreTheDaysThatTheWorkbookShows()
    {
        object?[][] rows = [["day", "at"], [new DateTime(1900, 3, 1), new DateTime(2026, 12, 31, 23, 59, 59)], [new DateTime(2024, 2, 29), null]];
        folder.With("new.xlsx", XlsxFile.Of(rows)).With("mac.xlsx", XlsxFile.Of([rows[0], [new DateTime(1904, 1, 3), new DateTime(2026, 12, 31, 23, 59, 59)], rows[2]], from1904: true));
        (await Source().RowsAsync("new.xlsx")).ShouldBe(["1900-03-01|2026-12-31 23:59:59", "2024-02-29|NULL"]);
        (await Source().RowsAsync("mac.xlsx")).ShouldBe(["1904-01-03|2026-12-31 23:59:59", "2024-02-29|NULL"]);
    }

    [Fact]
    public async Task Read_OddSheets_LoseNothing()
    {
        folder.With("errors.xlsx", XlsxFile.Of([["a", "b"], [1, "#N/A"], [2, "#DIV/0!"], ["#REF!", 3]]));
        folder.With("ragged.xlsx", XlsxFile.Of([["a", "a", null], [1, null, 3], [null, 2], [], [4, 5, 6, "beyond"]]));
        folder.With("noheader.xlsx", XlsxFile.Of([[1, "x"], [2, "y"]]));
        folder.With("mixed.xlsx", XlsxFile.Of([["v"], [1], ["text"], [true]]));
        (await Source().RowsAsync("errors.xlsx")).ShouldBe(["1|NULL", "2|NULL", "NULL|3"]);
        (await Source().RowsAsync("ragged.xlsx")).ShouldBe(["1|NULL|3|NULL", "4|5|6|beyond", "NULL|2|NULL|NULL"]);
        (await Source().RowsAsync("noheader.xlsx")).ShouldBe(["1|x", "2|y"]);
        (await Source().RowsAsync("mixed.xlsx")).ShouldBe(["1", "text", "true"]);
    }

    [Fact]
    public async Task Read_ValueThatIsNotOfItsType_FailsInsteadOfVanishing()
    {
        folder.With("late.xlsx", XlsxFile.Of([["id"], .. Enumerable.Range(0, 1_200).Select(i => new object?[] { i }), ["oops"]]));
        await Should.ThrowAsync<EngineException>(() => Source().RowsAsync("late.xlsx"));
        (await Source().RowsAsync("late.xlsx", r => r with { Text = true })).ShouldContain("oops");
    }

    [Fact]
    public async Task List_SheetsWithoutRows_SayWhatTheyAre()
    {
        folder.With("empty.xlsx", XlsxFile.Of([])).With("blank.xlsx", XlsxFile.Of([[], [null, null]])).With("header.xlsx", XlsxFile.Of([["a", "b"]])).With("nothing.xlsx", "");
        (await ProblemAsync("empty.xlsx")).ShouldContain("holds no rows");
        (await ProblemAsync("blank.xlsx")).ShouldContain("holds no rows");
        (await ProblemAsync("nothing.xlsx")).ShouldContain("empty (0 bytes)");
        var header = await Source().ContainerAsync("header.xlsx");
        Types(header).ShouldBe("a Unknown, b Unknown");
        (await Source().RowsAsync(header)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("xls")]
    [InlineData("xlsx")]
    public async Task List_BrokenWorkbook_IsAProblemOfItsContainerOnly(string extension)
    {
        var whole = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Files", "Workbooks", $"orders.{extension}"));
        folder.With($"nobook.{extension}", "id,name\n1,a\n").With($"cut.{extension}", whole[..(whole.Length / 2)]).With("ok.csv");
        (await ProblemAsync($"nobook.{extension}")).ShouldContain("not a workbook that can be read");
        (await ProblemAsync($"cut.{extension}")).ShouldNotBeEmpty();
        (await Source().ContainerAsync("ok.csv")).Problem.ShouldBeNull();
    }
}
