using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Consistency;

/// <summary>Does what users do to a datastore, one thing after another, as the dice fall. What the API refuses is refused; nothing may be an error of its own.</summary>
internal sealed class RandomWork(AssayServer assay, long datastore, string database, int seed)
{
    private static readonly string[] tables = ["a", "b", "c"];
    private readonly Random dice = new(seed);
    private readonly List<string> done = [];
    private readonly string mark = $"w{Guid.NewGuid():N}"[..12];

    /// <summary>What was done so far, for whoever has to find out what went wrong.</summary>
    public string Diary => $"seed {seed}: {string.Join("; ", done)}";

    public static string Table(string name) => $"""
        CREATE TABLE {name} (id bigint PRIMARY KEY, price int, note text);
        INSERT INTO {name} SELECT i, CASE WHEN i % 10 = 0 THEN -i ELSE i END, CASE WHEN i % 7 = 0 THEN NULL ELSE 'n' || i END FROM generate_series(1, 30) i;
        """;

    public Task Step() => dice.Next(25) switch
    {
        0 or 1 or 2 or 3 => CreateCheck(),
        4 => OnACheck("archive", (id, _) => assay.Admin.Delete($"/api/quality-checks/{id}?archive=true&delete_anomalies={Either("true", "false")}")),
        5 => OnACheck("delete", (id, _) => assay.Admin.Delete($"/api/quality-checks/{id}?archive=false&delete_anomalies={Either("true", "false")}")),
        6 => OnACheck("restore", (id, _) => assay.Admin.Post($"/api/quality-checks/{id}/restore", new JsonObject { ["status"] = Either("Active", "Draft") })),
        7 => OnACheck("put", (id, check) => assay.Admin.Put($"/api/quality-checks/{id}", TestChecks.Check(1, (string)check["rule_type"]!, ["price"]).With(new() { ["status"] = Either("Active", "Draft") }))),
        8 or 9 or 10 => Scan(),
        11 => OnAnAnomaly("acknowledge", id => assay.Admin.Put($"/api/anomalies/{id}", new JsonObject { ["status"] = Either("Active", "Acknowledged") })),
        12 => OnAnAnomaly("archive", id => assay.Admin.Delete($"/api/anomalies/{id}?archive=true&status={Either("Invalid", "Resolved")}")),
        13 => OnAnAnomaly("restore", id => assay.Admin.Post($"/api/anomalies/{id}/restore")),
        14 => OnAnAnomaly("delete", id => assay.Admin.Delete("/api/anomalies", new JsonArray(new JsonObject { ["id"] = id, ["archive"] = false }))),
        15 => ChangeRows(),
        16 => DeleteContainer(),
        17 => Sync(new() { ["recreate"] = true }),
        18 => DropAndPrune(),
        19 => ExternalScan(),
        20 => OnAField(),
        21 => Infer(),
        22 => Weigh(),
        23 => OnACheck("tag", (id, check) => assay.Admin.Patch("/api/quality-checks", new JsonArray(new JsonObject { ["id"] = id, ["tags"] = Tags() }))),
        _ => DeleteScan(),
    };

    // Checks that nobody wrote weigh little until they find something.
    private async Task Infer()
    {
        done.Add("infer");
        await assay.Profile(datastore, new() { ["ai_effort"] = "medium" });
    }

    private async Task Weigh()
    {
        if (dice.Next(2) == 0) Note("weigh a tag", await assay.Admin.Put($"/api/global-tags/{mark}{dice.Next(2)}", new JsonObject { ["weight_modifier"] = dice.Next(-10, 10) }));
        else if (await AContainer() is { } container) Note($"tag container {container}", await assay.Admin.Patch("/api/containers", new JsonArray(new JsonObject { ["id"] = container, ["tags"] = Tags() })));
    }

    private JsonArray Tags() => [.. Enumerable.Range(0, 2).Where(_ => dice.Next(2) == 0).Select(i => (JsonNode)$"{mark}{i}")];

    private async Task CreateCheck()
    {
        if (await AContainer() is not { } container) return;
        var (rule, field, properties) = dice.Next(5) switch
        {
            0 => ("notNegative", "price", null),
            1 => ("notNull", "note", null),
            2 => ("maxValue", "price", $$"""{"value": {{dice.Next(1, 40)}}}"""),
            3 => ("maxPartitionSize", null, $$"""{"value": {{dice.Next(1, 40)}}}"""),
            _ => ("minLength", "note", """{"value": 3}"""),
        };
        Note($"create {rule} on {container}", await assay.Admin.Post(TestChecks.AllChecks,
            TestChecks.Check(container, rule, field is null ? [] : [field], properties).With(new() { ["status"] = Either("Active", "Active", "Draft") })));
    }

    private async Task OnACheck(string what, Func<long, JsonNode, Task<Answer>> act)
    {
        if (await Any($"/api/quality-checks?datastore={datastore}&archived={(what == "restore" ? "only" : "include")}") is { } check)
            Note($"{what} check {check["id"]}", await act((long)check["id"]!, check));
    }

    private async Task OnAnAnomaly(string what, Func<long, Task<Answer>> act)
    {
        if (await Any($"/api/anomalies?datastore={datastore}&archived=include") is { } anomaly) Note($"{what} anomaly {anomaly["id"]}", await act((long)anomaly["id"]!));
    }

    private async Task OnAField()
    {
        if (await AContainer() is not { } container || await Any($"/api/containers/{container}/fields?x=x") is not { } field) return;
        Note($"field {field["name"]} of {container}", (string)field["status"]! == "excluded"
            ? await assay.Admin.Post($"/api/fields/{field["id"]}/restore") : await assay.Admin.Delete($"/api/fields/{field["id"]}"));
    }

    private async Task Scan()
    {
        done.Add("scan");
        await assay.ScanToEnd(datastore, new() { ["high_count_rollup_threshold"] = dice.Next(1, 5), ["reactivate_recurring_anomalies"] = dice.Next(2) == 0 });
    }

    private async Task ChangeRows()
    {
        var table = tables[dice.Next(tables.Length)];
        done.Add($"rows of {table}");
        await Syncing.RunSql(database, $"DO $$ BEGIN IF to_regclass('{table}') IS NOT NULL THEN UPDATE {table} SET price = {dice.Next(-5, 20)}, note = NULL WHERE id = {dice.Next(1, 30)}; END IF; END $$");
    }

    private async Task DeleteContainer()
    {
        if (await AContainer() is { } container) Note($"delete container {container}", await assay.Admin.Delete($"/api/containers/{container}"));
    }

    private async Task Sync(JsonObject settings)
    {
        done.Add($"sync {settings.ToJsonString()}");
        await assay.Sync(datastore, settings);
    }

    private async Task DropAndPrune()
    {
        var table = tables[dice.Next(tables.Length)];
        await Syncing.RunSql(database, $"DROP TABLE IF EXISTS {table}");
        await Sync(new() { ["prune"] = true });
        await Syncing.RunSql(database, Table(table));
        await Sync(new() { ["recreate"] = dice.Next(2) == 0 });
    }

    private async Task ExternalScan()
    {
        if (await AContainer() is not { } container) return;
        var started = await assay.Admin.Post($"/api/containers/{container}/scan",
            new JsonObject { ["name"] = "rows.csv", ["records"] = new JsonArray(new JsonObject { ["id"] = 1, ["price"] = -7, ["note"] = null }) });
        Note($"rows from outside into {container}", started);
        if (started.Code == 200) await assay.UntilEnded(started.Id, 120);
    }

    private async Task DeleteScan()
    {
        if (await Any($"/api/container-scans?datastore={datastore}") is { } scan) Note($"delete scan {scan["id"]}", await assay.Admin.Delete($"/api/container-scans/{scan["id"]}"));
    }

    private async Task<long?> AContainer() => await Any($"/api/containers?datastore={datastore}") is { } container ? (long)container["id"]! : null;

    private async Task<JsonNode?> Any(string list)
    {
        var items = (await assay.Admin.Get($"{list}&size=100")).Expect(200).Json["items"]!.AsArray();
        return items.Count == 0 ? null : items[dice.Next(items.Count)];
    }

    private void Note(string what, Answer answer)
    {
        done.Add($"{what} → {answer.Code}");
        answer.Code.ShouldBeLessThan(500, Diary);
    }

    private string Either(params string[] choices) => choices[dice.Next(choices.Length)];
}
