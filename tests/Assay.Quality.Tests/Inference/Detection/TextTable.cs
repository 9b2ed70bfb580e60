using Assay.Engine;
using Assay.Quality.Inference;
using Assay.Quality.Profiling;
using Assay.Quality.Scanning;
using Assay.Quality.Tests.Scanning;
using Relation = Assay.Quality.Scanning.Relation;

namespace Assay.Quality.Tests.Inference.Detection;

/// <summary>A table of texts as a CSV file holds it: profiled, given checks, scanned.</summary>
internal sealed class TextTable(IEngine engine, string[] names, IReadOnlyList<string[]> rows) : IDisposable
{
    private const string RowNumber = "row_number";

    private readonly string path = Path.Combine(Path.GetTempPath(), $"assay-detection-{Guid.NewGuid():N}.csv");

    public string[] Names => names;

    public IReadOnlyList<string[]> Rows => rows;

    /// <summary>Reads a file of any format that the engine knows, its values as text.</summary>
    public static async Task<TextTable> ReadAsync(IEngine engine, string path, string format, CancellationToken cancel)
    {
        var sql = $"SELECT * FROM file({EngineLiteral.Quote(path)}, '{format}')";
        List<string> names = [];
        await foreach (var row in engine.QueryAsync($"DESCRIBE TABLE ({sql}) SETTINGS schema_inference_mode = 'default'", cancel)) names.Add(row.GetText(0)!);
        var rows = new List<string[]>();
        await foreach (var row in engine.QueryAsync($"SELECT {string.Join(", ", names.Select(n => $"ifNull(toString({EngineName.Quote(n)}), '')"))} FROM ({sql})", cancel))
            rows.Add([.. names.Select((_, i) => row.GetText(i)!)]);
        return new TextTable(engine, [.. names], rows);
    }

    /// <summary>The cells that checks inferred at this level flag, each with the rules that do.</summary>
    public async Task<ILookup<(int Row, int Column), string>> FlaggedAsync(int level, CancellationToken cancel)
    {
        var columns = names.Prepend(RowNumber).ToList();
        await File.WriteAllLinesAsync(path, rows.Select((row, r) => string.Join(',', row.Prepend(r.ToString(System.Globalization.CultureInfo.InvariantCulture)).Select(v => $"\"{v.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))), cancel);
        var structure = string.Join(", ", columns.Select((_, i) => $"c{i} Nullable(String)"));
        var sql = $"SELECT {string.Join(", ", columns.Select((n, i) => $"nullIf(c{i}, '') AS {EngineName.Quote(n)}"))} FROM file({EngineLiteral.Quote(path)}, 'CSV', {EngineLiteral.Quote(structure)})";
        var profile = await new Profiler(engine).RunAsync(
            new RowsToProfile(sql, query => query, InEngine: true), [.. columns.Select(n => new ProfileField(n, FieldKind.String, Infer: true))], new ProfileOptions(), cancel);
        var fields = profile.Fields.Select(f => new ContainerField(f.Name, Enum.Parse<FieldType>(f.Type.ToString()))).ToList();
        var relation = new Relation("table", sql) { Fields = fields };
        var checks = (await new Inferrer(engine).RunAsync(new InferenceRequest { Rows = relation, Profile = profile, Level = level, Now = Tables.Now }, cancel))
            .Where(c => !c.Check.Fields.Contains(RowNumber)).ToList();
        var outcome = await new Scanner(engine).RunAsync(
            new ScanRequest
            {
                Rows = relation,
                Checks = [.. checks.Select((c, i) => new ScanCheck(c.Check with { Id = i }))],
                Measurements = new() { Fields = fields },
                Now = Tables.Now,
                RollupThreshold = 0,
                SourceRecordLimit = 1_000_000,
            }, cancel);
        outcome.Checks.ShouldAllBe(c => c.Result != Assertion.Unasserted);
        return outcome.Anomalies.SelectMany(a => Cells(a, checks)).ToLookup(c => c.Cell, c => c.Rule);
    }

    private IEnumerable<((int, int) Cell, string Rule)> Cells(AnomalyFinding anomaly, IReadOnlyList<InferredCheck> checks) =>
        from record in anomaly.Records
        let row = int.Parse(System.Text.Json.JsonElement.Parse(record).GetProperty(RowNumber).ToString(), System.Globalization.CultureInfo.InvariantCulture)
        from failed in anomaly.FailedChecks
        let check = checks[(int)failed.CheckId].Check
        from field in check.Fields
        select ((row, Array.IndexOf(names, field)), check.Rule);

    public void Dispose() => File.Delete(path);
}
