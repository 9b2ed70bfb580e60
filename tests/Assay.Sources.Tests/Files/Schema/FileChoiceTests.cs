using Assay.Sources.Tests.Files.Workbooks;
using Assay.Sources.Tests.Local;

namespace Assay.Sources.Tests.Files.Schema;

/// <summary>Listings that do not find out what somebody settled.</summary>
public sealed class FileChoiceTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<ContainerStructure> ReadAsync(string name, FileChoice choice) =>
        (await LocalSource.ListAsync(folder.Path, new ListOptions { Files = new Dictionary<string, FileChoice> { [name] = choice, ["other.csv"] = new(HasHeader: true) } })).Single(c => c.Name == name);

    private static string Shape(ContainerStructure container) => string.Join(", ", container.Fields.Select(f => $"{f.Name} {f.Type} {f.NativeType}"));

    [Fact]
    public async Task List_WithoutHeader_NamesColumnsByPosition()
    {
        folder.With("a.csv", "id,name\n1,Ann\n");
        var container = await ReadAsync("a.csv", new FileChoice(HasHeader: false));
        Shape(container).ShouldBe("column_1 String String, column_2 String String");
        container.File!.HasHeader.ShouldBe(false);
        Shape(await ReadAsync("a.csv", FileChoice.None)).ShouldBe("id Integral Int64, name String String");
    }

    [Fact]
    public async Task List_WithHeader_TakesTheFirstRowForNames()
    {
        folder.With("a.csv", "1,Ann\n2,Bob\n");
        Shape(await ReadAsync("a.csv", new FileChoice(HasHeader: true))).ShouldBe("1 Integral Int64, Ann String String");
    }

    [Fact]
    public async Task List_OfAWorkbook_GoesByTheHeaderToo()
    {
        folder.With("a.xlsx", XlsxFile.Of([["id", "n"], [1.0, 2.5]]));
        Shape(await ReadAsync("a.xlsx", new FileChoice(HasHeader: false))).ShouldBe("column_1 String String, column_2 String String");
        Shape(await ReadAsync("a.xlsx", new FileChoice(InfersTypes: false))).ShouldBe("id String String, n String String");
    }

    [Fact]
    public async Task List_WithAnEscapeCharacter_CutsByIt()
    {
        // Both ways are possible: the backslash is a character, or it escapes the quote after it.
        folder.With("a.csv", "id,name\n1,\"a\\\",\"\n");
        var container = await ReadAsync("a.csv", new FileChoice(EscapeCharacter: '\\'));
        container.File!.EscapeCharacter.ShouldBe("\\");
        container.Fields.Select(f => f.Name).ShouldBe(["id", "name"]);
        container.Problem.ShouldBeNull();
        (await ReadAsync("a.csv", new FileChoice(EscapeCharacter: '"'))).Problem!.Message.ShouldContain("never closed");
    }

    [Fact]
    public async Task List_WithoutInference_HasTextsOnly()
    {
        folder.With("a.csv", "id,at,nothing\n1,2026-01-01,\n");
        Shape(await ReadAsync("a.csv", new FileChoice(InfersTypes: false))).ShouldBe("id String String, at String String, nothing String String");
    }
}
