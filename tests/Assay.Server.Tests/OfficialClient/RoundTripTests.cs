using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.OfficialClient;

/// <summary>What a verifier of the official client looks at, on a server of its own, since it counts.</summary>
public sealed class RoundTripTests(OwnServer own) : IClassFixture<OwnServer>
{
    private const int Many = 101;
    private readonly AssayServer assay = own.Assay;

    [Fact]
    public async Task Token_IsAJwtThatTheClientCanReadAndARevokedOneIs401()
    {
        var made = (await assay.Admin.Post("/api/user-tokens", new JsonObject { ["name"] = People.Unique("cli") })).Expect(200).Json;
        var token = (string)made["bearer_token"]!;

        var parts = token.Split('.');
        parts.Length.ShouldBe(3);
        foreach (var part in parts[..2]) JsonDocument.Parse(Decode(part)).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        using var cli = new CliClient(assay.Url, token);
        (await cli.Get("users/me")).ShouldNotBeNull();
        (await assay.Admin.Put($"/api/user-tokens/{made["id"]}")).Expect(200);
        (await Should.ThrowAsync<HttpRequestException>(() => cli.Get("datastores?page=1&size=100"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task DatastoreUpdatedTwice_KeepsTagsTeamsEnrichmentAndConnection()
    {
        using var cli = Client();
        var store = await assay.CreateEnrichmentStoreId();
        var id = await assay.CreateDatastoreId(("tags", Names(People.Unique("tag"))), ("teams", Names(People.Unique("team"))), ("enrichment_datastore_id", store),
            ("group", new JsonObject { ["name"] = People.Unique("group") }));
        var before = (await cli.Get($"datastores/{id}"))!;

        foreach (var name in new[] { "First", "Second" }) ((string?)(await cli.UpdateDatastore(id, new JsonObject { ["name"] = name }))["name"]).ShouldBe(name);

        var after = (await cli.Get($"datastores/{id}"))!;
        foreach (var kept in new[] { "global_tags", "teams", "connection_id", "enrichment_prefix", "description", "group", "enrichment_remediation_strategy" })
            after[kept]?.ToJsonString().ShouldBe(before[kept]?.ToJsonString(), kept);
        ((long)after["enrich_datastore"]!["id"]!).ShouldBe(store);
    }

    [Fact]
    public async Task SyncSeenByTheClient_RunsAndEndsAsItExpectsAndTheTableKeepsWhatWasNotNamed()
    {
        using var cli = Client();
        var database = await Syncing.CreateDatabase("CREATE TABLE t (id int PRIMARY KEY, at timestamptz NOT NULL)");
        var datastore = await assay.RegisterPostgres(database);

        var run = (await cli.Post("operations/run", new JsonObject { ["datastore_id"] = datastore, ["type"] = "sync", ["include"] = Names("table", "view"), ["prune"] = false, ["recreate"] = false }))!;
        var ended = await cli.Wait((long)run["id"]!);
        ((string?)ended["result"], ended["message"]).ShouldBe(("success", null));
        ((string?)(await cli.Send(HttpMethod.Put, $"operations/abort/{run["id"]}"))!["result"]).ShouldBe("success"); // already finished

        var listed = (await cli.Get($"containers/listing?datastore={datastore}"))!.AsArray().Single()!;
        ((string?)listed["name"], (string?)listed["container_type"]).ShouldBe(("t", "table"));
        var before = (await cli.Get($"containers/{listed["id"]}"))!;
        await cli.UpdateContainer((long)listed["id"]!, new JsonObject { ["description"] = "changed", ["tags"] = Names(People.Unique("tag")) });
        await cli.UpdateContainer((long)listed["id"]!, new JsonObject { ["description"] = "again" });
        var after = (await cli.Get($"containers/{listed["id"]}"))!;
        foreach (var kept in new[] { "partition_field", "incremental_field_name", "incremental_identifier_type", "name" })
            after[kept]?.ToJsonString().ShouldBe(before[kept]?.ToJsonString(), kept);
        after["global_tags"]!.AsArray().Count.ShouldBe(1);

        // Answers that the client takes apart: objects each, never empty.
        (await cli.Post($"datastores/{datastore}/connection"))!["connected"]!.GetValue<bool>().ShouldBeTrue();
        var store = await assay.CreateEnrichmentStoreId();
        (await cli.Send(HttpMethod.Patch, $"datastores/{datastore}/enrichment/{store}"))!.AsObject().ShouldNotBeEmpty();
        (await cli.Send(HttpMethod.Delete, $"datastores/{datastore}/enrichment")).ShouldBeNull();
    }

    [Fact]
    public async Task MoreThanAPageOfEach_IsCountedAndFound()
    {
        using var cli = Client();
        var (stem, kept) = (People.Unique("many"), new List<long>());
        var own = $"&search={Uri.EscapeDataString(stem)}"; // what other tests make and delete meanwhile would shift the pages
        for (var i = 0; i < Many; i++) kept.Add((long)(await cli.Post("connections", UnreachablePostgres().With(new JsonObject { ["name"] = $"{stem} {i:000}" })))!["id"]!);
        (await cli.Post($"connections/{kept[0]}/datastores/bulk", new JsonObject
        {
            ["database"] = "d",
            ["schemas"] = Names([.. Enumerable.Range(0, Many).Select(i => $"{i:000}")]),
            ["name_template"] = stem + " {{ schema }}",
        }))!["created"]!.AsArray().Count.ShouldBe(Many);

        (await cli.ListAll("connections", own)).Select(c => (string)c["name"]!).Distinct().Count().ShouldBe(Many);
        (await cli.ListAll("datastores", own)).Select(c => (string)c["name"]!).Distinct().Count().ShouldBe(Many);
        foreach (var i in new[] { 0, 49, 50, 99, 100 })
        {
            (await cli.FindByName("connections", $"{stem} {i:000}", own))!["id"]!.GetValue<long>().ShouldBe(kept[i]);
            (await cli.FindByName("datastores", $"{stem} {i:000}", $"&name={Uri.EscapeDataString($"{stem} {i:000}")}")).ShouldNotBeNull();
        }
        (await cli.FindByName("connections", "nobody's", own)).ShouldBeNull(); // comes to a page past the end
    }

    [Fact]
    public async Task ConnectionUpdate_ChangesWhatWasNamedAndStillSignsIn()
    {
        using var cli = Client();
        var connection = await assay.CreateConnection(new JsonObject { ["parameters"] = new JsonObject { ["application_name"] = "cli" } });

        var changed = await cli.UpdateConnection(connection.Id, new JsonObject { ["max_parallelization"] = 3 });

        ((long)changed["max_parallelization"]!).ShouldBe(3);
        changed["parameters"]!.ToJsonString().ShouldBe("""{"application_name":"cli"}""");
        (await cli.Post($"connections/{connection.Id}/test")).ShouldBeNull(); // 204: connected, with the password as it was
    }

    [Fact]
    public async Task BooleansInEitherSpelling_Filter()
    {
        using var cli = Client();
        var (source, store) = (await assay.CreateDatastoreId(), await assay.CreateEnrichmentStoreId());

        var own = $"&id={source}&id={store}";
        var stores = (await cli.ListAll("datastores", $"&enrichment_only=True{own}")).Select(d => (long)d["id"]!).ToArray();
        stores.ShouldBe([store]);
        (await cli.ListAll("datastores", $"&enrichment_only=False{own}")).Select(d => (long)d["id"]!).ShouldBe([source]);
        (await cli.ListAll("anomalies", $"&datastore={source}&source_enriched=true")).ShouldBeEmpty();
    }

    [Fact]
    public async Task BulkDeletesWithAnArrayBody_AreAccepted() =>
        await Client().Send(HttpMethod.Delete, "quality-checks", new JsonArray());

    private CliClient Client() => new(assay.Url, assay.Admin.Http.DefaultRequestHeaders.Authorization!.Parameter!);

    private static string Decode(string part) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/') + new string('=', (4 - part.Length % 4) % 4)));
}
