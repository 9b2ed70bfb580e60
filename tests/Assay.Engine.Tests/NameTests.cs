namespace Assay.Engine.Tests;

public sealed class NameTests(SharedEngine shared)
{
    private readonly IEngine _engine = shared.Engine;

    public static TheoryData<string> HostileNames =>
    [
        "`; DROP DATABASE default; --",
        "' OR 1 = 1 --",
        "\"quoted\" 'and' `ticked`",
        "back\\slash\\",
        "line\nbreak\ttab\r",
        "/* comment */ -- more # and #!",
        "nul\0inside",
        "{x:String} {{}} $tag$",
        "SELECT",
        "ütf-8 😀 \u202e rtl",
        "dots.and spaces",
        " ",
        "%00%27?&=#/",
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task Quote_HostileName_NamesTablesColumnsAndNothingElse(string name)
    {
        var table = EngineName.Quote("default", $"t{name}");
        var column = EngineName.Quote(name);
        await _engine.ExecuteAsync($"CREATE TABLE {table} ({column} String, other Int8) ENGINE = Memory");

        await _engine.InsertAsync($"INSERT INTO {table} ({EngineName.List([name, "other"])}) FORMAT CSV", new MemoryStream("value,1\n"u8.ToArray()));
        var rows = await _engine.ListAsync($"SELECT {column} FROM {table} WHERE {column} = {EngineLiteral.Quote("value")}");

        rows.ShouldHaveSingleItem()[name].ShouldBe("value");
        rows[0].Columns.ShouldHaveSingleItem().Name.ShouldBe(name);
        await _engine.ExecuteAsync($"DROP TABLE {table}");
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task QuoteLiteral_HostileText_IsTheTextItself(string text) =>
        (await _engine.ScalarAsync<string>($"SELECT {EngineLiteral.Quote(text)}")).ShouldBe(text);

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task With_HostileText_IsTheTextItself(string text) =>
        (await _engine.ScalarAsync<string>(new EngineQuery("SELECT {text:String}").With("text", text))).ShouldBe(text);

    [Fact]
    public void Quote_EmptyName_IsRefused() => Should.Throw<ArgumentException>(() => EngineName.Quote(""));

    [Fact]
    public async Task Execute_TwoStatements_IsRefused()
    {
        var error = await Should.ThrowAsync<EngineException>(() => _engine.ExecuteAsync("SELECT 1; DROP DATABASE default"));

        error.Fault.ShouldBe(EngineFault.Syntax);
    }
}
