using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Crashes;

public sealed class BulkCrashTests
{
    private const int Schemas = 600;

    [Fact]
    public async Task KilledHalfWayThroughABulkCreation_TheSameRequestFinishesItAndMakesNothingTwice()
    {
        await using var store = await CrashStore.CreateAsync();
        var body = new JsonObject
        {
            ["connection"] = UnreachablePostgres().With(new JsonObject { ["name"] = "pg" }),
            ["database"] = "production",
            ["schemas"] = Names([.. Enumerable.Range(0, Schemas).Select(i => $"s{i}")]),
            ["group"] = new JsonObject { ["name"] = "group" },
        };
        await using (var first = store.Start())
        {
            using var api = await ClientFor(first);
            var request = Bulk(api, body);
            while (await store.CountAsync("SELECT count(*) FROM datastores") == 0 && !request.IsCompleted) await Task.Delay(5);
            await first.SignalAsync("KILL");
            await first.ExitAsync();
            await Record.ExceptionAsync(() => request);
        }

        await using var second = store.Start();
        using var again = await ClientFor(second);
        using var answer = await Bulk(again, body);

        var result = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        result["created"]!.AsArray().Select(id => (long)id!).Distinct().Count().ShouldBe(Schemas, result.ToJsonString());
        (await store.CountAsync("SELECT count(*) FROM datastores")).ShouldBe(Schemas);
        (await store.CountAsync("SELECT count(DISTINCT \"schema\") FROM datastores")).ShouldBe(Schemas);
        (await store.CountAsync("SELECT count(*) FROM connections")).ShouldBe(1);
        (await store.CountAsync("SELECT count(*) FROM team_datastores")).ShouldBe(Schemas);
    }

    private static async Task<HttpClient> ClientFor(AssayProcess process)
    {
        var http = new HttpClient { BaseAddress = await process.ReadyAsync(), Timeout = AssayProcess.Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(process.DataFolder, "admin.token")));
        http.DefaultRequestHeaders.Add("Idempotency-Key", "the same");
        return http;
    }

    private static Task<HttpResponseMessage> Bulk(HttpClient api, JsonObject body) =>
        api.PostAsync("/api/connections/datastores/bulk", new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
}
