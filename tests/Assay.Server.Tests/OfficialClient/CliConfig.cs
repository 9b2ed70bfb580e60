using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.OfficialClient;

/// <summary>The official client's export and import of a datastore as files: what it drops, what it sends back, and in which order.</summary>
/// <param name="password">What the placeholder of the connection's password stands for.</param>
internal sealed class CliConfig(CliClient cli, string password)
{
    private const string Uid = "_qualytics_check_uid";

    private static readonly HashSet<string> ofConnections = Names("id created connection_type datastores product_name product_version driver_name driver_version");
    private static readonly HashSet<string> ofDatastores = Names("""
        id created connected favorite latest_operation metrics anomaly_count check_count container_count field_count record_count score overall_score completeness_score
        conformity_score consistency_score precision_score timeliness_score volume_score accuracy_score uniqueness_score containers connection connection_id product_name
        product_version driver_name driver_version jdbc_url host port username parameters jdbc_fetch_size max_parallelization secrets_manager store_type type group
        linked_datastores has_scheduled_operations enrich_datastore
        """);
    private static readonly HashSet<string> ofContainers = Names("""
        id created status metrics computed_fields field_count anomaly_count check_count record_count score cataloged datastore favorite deleted_at last_editor
        latest_observability_measurement incremental_checkpoint datastore_id right_datastore_id
        """);

    public async Task<JsonObject> Export(long datastore)
    {
        var shown = (await cli.Get($"datastores/{datastore}"))!;
        var connection = (await cli.Get($"connections/{shown["connection"]!["id"]}"))!.AsObject();
        var tree = new JsonObject { ["connection"] = Without(connection, ofConnections).With(new JsonObject { ["password"] = "${PASSWORD}" }) };
        var store = Without(shown.AsObject(), ofDatastores);
        store.Remove("global_tags");
        tree["datastore"] = store.With(new JsonObject { ["tags"] = Named(shown["global_tags"]), ["teams"] = Named(shown["teams"]), ["connection_name"] = connection["name"]!.DeepClone() });
        var (containers, checks, names) = (new JsonObject(), new JsonObject(), new Dictionary<long, string>());
        foreach (var listed in await cli.ListAll("containers", $"&datastore={datastore}"))
        {
            var container = (await cli.Get($"containers/{listed["id"]}"))!.AsObject();
            names.Add((long)container["id"]!, (string)container["name"]!);
            if (!((string)container["container_type"]!).StartsWith("computed", StringComparison.Ordinal)) continue;
            var written = Without(container, ofContainers);
            written["tags"] = Named(container["global_tags"]);
            written.Remove("global_tags");
            containers[(string)container["name"]!] = written;
        }
        foreach (var check in await cli.ListAll("quality-checks", $"&datastore={datastore}"))
        {
            var written = new JsonObject { ["container"] = check["container"]!["name"]!.DeepClone(), ["fields"] = Named(check["fields"]), ["tags"] = Named(check["global_tags"]) };
            foreach (var kept in new[] { "rule_type", "description", "coverage", "filter", "anomaly_message_field", "properties", "status", "additional_metadata" }) written[kept] = check[kept]?.DeepClone();
            var uid = (string?)check["additional_metadata"]?[Uid]
                ?? $"{check["container"]!["name"]}__{check["rule_type"]}__{string.Join("_", check["fields"]!.AsArray().Select(f => (string)f!["name"]!).Order(StringComparer.Ordinal))}".ToLowerInvariant();
            (written["additional_metadata"] ??= new JsonObject())[Uid] = uid;
            checks[uid] = written;
        }
        (tree["containers"], tree["checks"]) = (Sorted(containers), Sorted(checks));
        return tree;
    }

    /// <summary>What was made and what was changed, as <c>connection created</c>; an error of the server is an error.</summary>
    public async Task<List<string>> Import(JsonObject tree)
    {
        var done = new List<string>();
        var connection = tree["connection"]!.DeepClone().AsObject();
        connection["password"] = password;
        var connectionId = await Save("connection", "connections", await cli.FindByName("connections", (string)connection["name"]!), connection, done);
        var datastore = await ImportDatastore(tree["datastore"]!.AsObject(), connectionId, done);
        var run = (await cli.Post("operations/run", new JsonObject { ["datastore_id"] = datastore, ["type"] = "sync", ["prune"] = false, ["recreate"] = false }))!;
        ((string?)(await cli.Wait((long)run["id"]!))["result"]).ShouldBe("success");
        foreach (var (name, written) in tree["containers"]!.AsObject()) await ImportContainer(datastore, name, written!.AsObject(), done);
        await ImportChecks(datastore, tree["checks"]!.AsObject(), done);
        return done;
    }

    private async Task<long> ImportDatastore(JsonObject written, long connectionId, List<string> done)
    {
        var name = (string)written["name"]!;
        var body = written.DeepClone().AsObject();
        body.Remove("connection_name");
        body["connection_id"] = connectionId;
        if (await cli.FindByName("datastores", name, $"&name={Uri.EscapeDataString(name)}") is not { } found) return await Save("datastore", "datastores", null, body, done);
        // Whole answers go back, without what the client knows to be read-only.
        var shown = (await cli.Get($"datastores/{found["id"]}"))!.DeepClone().AsObject();
        foreach (var gone in Names("connection jdbc_url host port username parameters jdbc_fetch_size max_parallelization secrets_manager store_type type group linked_datastores has_scheduled_operations global_tags"))
            shown.Remove(gone);
        return await Save("datastore", "datastores", found, shown.With(body), done);
    }

    private async Task ImportContainer(long datastore, string name, JsonObject written, List<string> done)
    {
        var listing = (await cli.Get($"containers/listing?datastore={datastore}"))!.AsArray();
        var body = written.DeepClone().AsObject();
        if (listing.FirstOrDefault(c => (string)c!["name"]! == name) is { } there)
        {
            await Save("container", "containers", there, body, done);
            return;
        }
        body["datastore_id"] = datastore;
        body.Remove("tags");
        var id = await Save("container", "containers", null, body, done);
        (await cli.Send(HttpMethod.Patch, "containers", new JsonArray(new JsonObject { ["id"] = id, ["tags"] = written["tags"]!.DeepClone() }))).ShouldNotBeNull();
    }

    private async Task ImportChecks(long datastore, JsonObject checks, List<string> done)
    {
        var containers = (await cli.Get($"containers/listing?datastore={datastore}"))!.AsArray().ToDictionary(c => (string)c!["name"]!, c => (long)c!["id"]!);
        var known = (await cli.ListAll("quality-checks", $"&datastore={datastore}")).Where(c => c["additional_metadata"]?[Uid] is not null).ToDictionary(c => (string)c["additional_metadata"]![Uid]!);
        foreach (var (uid, written) in checks)
        {
            var body = written!.DeepClone().AsObject();
            var (container, rule) = (containers[(string)body["container"]!], body["rule_type"]!.DeepClone());
            body.Remove("container");
            body.Remove("rule_type");
            var there = known.GetValueOrDefault(uid);
            if (there is null) (body["container_id"], body["rule"]) = (container, rule);
            await Save("check", "quality-checks", there, body, done);
        }
    }

    private async Task<long> Save(string what, string path, JsonNode? there, JsonObject body, List<string> done)
    {
        var answer = there is null ? await cli.Post(path, body) : await cli.Send(HttpMethod.Put, $"{path}/{there["id"]}", body);
        done.Add($"{what} {(there is null ? "created" : "updated")}");
        return (long)answer!["id"]!;
    }

    // A file each, so their order is that of their names.
    private static JsonObject Sorted(JsonObject files) => new(files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone())));

    private static JsonArray Named(JsonNode? list) => new([.. list!.AsArray().Select(n => n is JsonObject o ? o["name"]!.DeepClone() : n!.DeepClone())]);

    private static JsonObject Without(JsonObject shown, HashSet<string> dropped) =>
        new(shown.Where(m => !dropped.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    private static HashSet<string> Names(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
