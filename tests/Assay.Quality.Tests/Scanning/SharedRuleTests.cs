using System.Text.Json.Nodes;
using Assay.Quality.Scanning;
using Assay.Quality.Tests.Testing;
using Assay.Testing.Rules;

namespace Assay.Quality.Tests.Scanning;

/// <summary>The cases that the API's tests run on every kind of source, on rows of the engine.</summary>
public sealed class SharedRuleTests(QualityEngine engine)
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, RuleCases.All.Count)];

    [Theory, MemberData(nameof(Cases))]
    public async Task Scan_OfACase_FindsWhatItsDefinitionSays(int number)
    {
        var wanted = RuleCases.All[number];
        var structure = string.Join(", ", wanted.Columns.Select((c, i) => $"c{i} {EngineType(c.Kind)}").Prepend("id Int64"));
        var rows = string.Join(", ", Enumerable.Range(0, wanted.Rows).Select(r => $"({r + 1}, {string.Join(", ", wanted.Columns.Select(c => Literal(c.Kind, c.Values[r])))})"));
        var table = Tables.Of(structure, rows, [new ContainerField("id", FieldType.Integral), .. wanted.Columns.Select((c, i) => new ContainerField($"c{i}", Declared(c.Kind)))]);
        var check = Tables.Check(wanted.Rule, string.Join(",", Enumerable.Range(0, wanted.Fields).Select(i => $"c{i}")), wanted.PropertiesOn(i => $"c{i}"));

        var outcome = await new Scanner(engine.Engine).RunAsync(Tables.Scan(table, check), TestContext.Current.CancellationToken);

        var result = outcome.Checks.ShouldHaveSingleItem();
        if (wanted.Broken is { } broken)
            Text(outcome.Anomalies.SelectMany(a => a.Records).Select(r => (int)JsonNode.Parse(r)!["id"]!).Order()).ShouldBe(Text(broken), $"{wanted}: {result.Details}");
        else result.Result.ShouldBe(wanted.Passes ? Assertion.Passed : Assertion.Failed, $"{wanted}: {result.Details}");
    }

    private static string Text(IEnumerable<int> rows) => string.Join(",", rows);

    private static string EngineType(ColumnKind kind) => kind switch
    {
        ColumnKind.Integral => "Nullable(Int64)",
        ColumnKind.Fractional => "Nullable(Decimal(18, 4))",
        ColumnKind.Day => "Nullable(Date32)",
        ColumnKind.Time => "Nullable(DateTime64(6, 'UTC'))",
        ColumnKind.Flag => "Nullable(Bool)",
        _ => "Nullable(String)",
    };

    private static FieldType Declared(ColumnKind kind) => kind switch
    {
        ColumnKind.Integral => FieldType.Integral,
        ColumnKind.Fractional => FieldType.Fractional,
        ColumnKind.Day => FieldType.Date,
        ColumnKind.Time => FieldType.Timestamp,
        ColumnKind.Flag => FieldType.Boolean,
        _ => FieldType.String,
    };

    private static string Literal(ColumnKind kind, string? value) => value is null ? "NULL"
        : kind is ColumnKind.Integral or ColumnKind.Fractional or ColumnKind.Flag ? value : Assay.Engine.EngineLiteral.Quote(value);
}
