using System.Text.Json.Nodes;
using Assay.Server.Store;
using Assay.Server.Tests.Enrichment;
using Assay.Server.Tests.Harness;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Observability;

public sealed class ContainerInsightsTests(AssayServer assay)
{
    [Fact]
    public async Task Insights_AddUpTheDays()
    {
        var (datastore, _) = await assay.Synced(Enriching.Orders);
        var (container, _, _) = await assay.OrderChecks(datastore);
        for (var i = 0; i < 2; i++) await assay.ProfileWell(datastore, new JsonObject { ["ai_effort"] = "off" });
        for (var i = 0; i < 2; i++) await assay.Scan(datastore);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        var shown = await Insights(container);

        shown.AsObject().Select(m => m.Key).ShouldBe(
            ["generated_at", "start_date", "end_date", "timeframe", "daily_records_measured", "daily_size_measured", "daily_records_profiled", "daily_fields_profiled", "daily_anomalies_identified"]);
        ((string?)shown["timeframe"], (string?)shown["start_date"], (string?)shown["end_date"]).ShouldBe(("week", Day(today.AddDays(-6)), Day(today)));
        Days(shown, "records_measured").ShouldBe([(Day(today), 20)], "the last of the day");
        Days(shown, "size_measured").ShouldBeEmpty("it is a table");
        Days(shown, "records_profiled").ShouldBe([(Day(today), 40)]);
        Days(shown, "fields_profiled").ShouldBe([(Day(today), 10)]);
        Days(shown, "anomalies_identified").ShouldBe([(Day(today), 4)]);
    }

    [Fact]
    public async Task Insights_KeepToTheirDays()
    {
        var (datastore, _) = await assay.Synced(Enriching.Orders);
        var (container, _, _) = await assay.OrderChecks(datastore);
        await assay.ProfileWell(datastore, new JsonObject { ["ai_effort"] = "off" });
        await assay.Scan(datastore);
        await using (var store = await assay.Services.GetRequiredService<StoreConnections>().OpenAsync(CancellationToken.None))
        {
            var day = new DateOnly(2024, 3, 10).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
            var values = new { container, day, time = day * 86_400_000_000L };
            foreach (var table in new[] { "container_profiles", "container_scans" }) await store.ExecuteAsync($"UPDATE {table} SET created = @time WHERE container_id = @container", values);
            await store.ExecuteAsync("UPDATE measurements SET day = @day WHERE container_id = @container", values);
        }

        foreach (var (query, found) in new[]
        {
            ("report_date=2024-03-10", true), ("report_date=2024-03-16", true), ("report_date=2024-03-17", false), ("report_date=2024-03-09", false),
            ("report_date=2024-04-08&timeframe=month", true), ("report_date=2024-04-09&timeframe=month", false), ("report_date=2024-06-08&timeframe=quarter", true), ("report_date=2025-03-09&timeframe=year", true),
        })
        {
            var shown = await Insights(container, query);
            foreach (var figure in new[] { "records_measured", "records_profiled", "fields_profiled", "anomalies_identified" })
                Days(shown, figure).Select(d => d.Date).ShouldBe(found ? ["2024-03-10"] : [], $"{figure}: {query}");
        }
        (await assay.Admin.Get($"/api/containers/{container}/insights?timeframe=decade")).Expect(422).Errors()[0].Loc.ShouldBe("query.timeframe");
        (await assay.Admin.Get($"/api/containers/{container}/insights?offset=2000")).Expect(422).Errors()[0].Loc.ShouldBe("query.offset");
        (await assay.Admin.Get($"/api/containers/{container}/insights?report_date=0001-01-02&timeframe=year")).Expect(200);
        (await assay.Admin.Get($"/api/containers/{container}/insights?report_date=9999-12-31")).Expect(200);
        (await assay.Admin.Get("/api/containers/999999999/insights")).Expect(404);
    }

    [Fact]
    public async Task Insights_OfFiles_KnowTheirSize()
    {
        var datastore = await assay.RegisterFiles(folder => File.WriteAllText(Path.Combine(folder, "a.csv"), "id\n1\n2\n"));
        await assay.SyncWell(datastore);
        await assay.ProfileWell(datastore);

        var shown = await Insights(await assay.ContainerId(datastore, "a.csv"));

        (Days(shown, "size_measured").Single().Count, Days(shown, "records_measured").Single().Count).ShouldBe((7, 2));
    }

    private async Task<JsonNode> Insights(long container, string query = "") => (await assay.Admin.Get($"/api/containers/{container}/insights?{query}")).Expect(200).Json;

    private static (string Date, long Count)[] Days(JsonNode shown, string figure) => [.. shown[$"daily_{figure}"]!.AsArray().Select(d => ((string)d!["date"]!, (long)d["count"]!))];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
