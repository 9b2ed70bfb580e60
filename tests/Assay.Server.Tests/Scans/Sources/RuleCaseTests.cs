using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Rules;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Scans.Sources;

/// <summary>
/// The rule cases through the API: the same table in sources of several kinds, a check for each case, one scan, and the same results everywhere.
/// A filter leaves each check the rows of its case.
/// </summary>
public sealed class RuleCaseTests(AssayServer assay)
{
    // Of an empty cell of CSV nobody can tell whether it is no text or an empty one. A file that is judged as it is written counts with doubles.
    private static bool Fits(string source, RuleCase wanted) => source != "csv"
        || (wanted.Columns.All(c => c.Kind != ColumnKind.Text || c.Values.All(v => v is not null)) && wanted is not { Rule: "maxValue", Columns: [{ Kind: ColumnKind.Integral }] });

    [Theory, InlineData("postgresql"), InlineData("mariadb"), InlineData("sqlite"), InlineData("parquet"), InlineData("csv")]
    public async Task Scan_FindsTheSameInEverySource(string source)
    {
        var (datastore, name) = await RuleSources.CreateAsync(assay, source);
        var container = await assay.ContainerId(datastore, name);
        var checks = new Dictionary<long, RuleCase>();
        foreach (var (wanted, number) in RuleCases.All.Select((c, number) => (c, number)).Where(c => Fits(source, c.c)))
        {
            var fields = Enumerable.Range(0, wanted.Fields).Select(i => RuleSources.Name(number, i)).ToArray();
            var made = await assay.CreateCheck(container, wanted.Rule, fields, wanted.PropertiesOn(i => RuleSources.Name(number, i)),
                new() { ["filter"] = $"id <= {wanted.Rows}", ["description"] = $"case {number}" });
            checks[made.Id] = wanted;
        }

        var operation = await assay.Scan(datastore, new() { ["high_count_rollup_threshold"] = 1000 });

        var results = (await assay.Admin.Get($"/api/container-scans/{operation["container_scans"]![0]!["id"]}")).Expect(200).Json["check_results"]!.AsArray().ToDictionary(r => (long)r!["check_id"]!, r => r!);
        var rows = await Rows(datastore);
        checks.Select(c => Differs(c.Value, results[c.Key], rows[c.Key])).OfType<string>().ShouldBeEmpty();
        results.Values.ShouldAllBe(r => (long)r["asserted_records"]! == checks[(long)r["check_id"]!].Rows);
    }

    private static string? Differs(RuleCase wanted, JsonNode result, IEnumerable<int> rows)
    {
        var (expected, found) = wanted.Broken is { } broken
            ? (string.Join(",", broken), string.Join(",", rows.Order()))
            : (wanted.Passes ? "passed" : "failed", (string)result["assertion_result"]!);
        return expected == found ? null : $"{wanted}: expected {expected}, was {found} ({result["assertion_result"]}: {result["assertion_details"]})";
    }

    /// <summary>The rows of the record anomalies of each check.</summary>
    private async Task<ILookup<long, int>> Rows(long datastore)
    {
        var found = new List<(long Check, int Row)>();
        foreach (var anomaly in (await assay.Anomalies(datastore)).Where(a => (string)a["type"]! == "record"))
        {
            var row = int.Parse(JsonNode.Parse(await assay.Records(anomaly))!.AsArray().Single()!["id"]!.ToString(), CultureInfo.InvariantCulture); // text where a CSV file is judged as it is written
            found.AddRange(anomaly["failed_checks"]!.AsArray().Select(f => ((long)f!["quality_check"]!["id"]!, row)));
        }
        return found.ToLookup(f => f.Check, f => f.Row);
    }
}
