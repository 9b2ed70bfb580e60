using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using Npgsql;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Enrichment;

/// <summary>Enrichment stores of every kind, and what scans have written there.</summary>
internal static class Enriching
{
    /// <summary>A table with two rows that break a rule, and one that breaks two.</summary>
    public const string Orders = """
        CREATE TABLE orders (id bigint PRIMARY KEY, price numeric(12,2), name text, placed date, at timestamptz);
        INSERT INTO orders SELECT i, i, 'name ' || i, date '2024-01-01' + i, timestamptz '2024-01-01 00:00:00+00' + i * interval '1 hour' FROM generate_series(1, 20) i;
        UPDATE orders SET price = -5.25, name = NULL WHERE id = 7;
        UPDATE orders SET price = -6 WHERE id = 8;
        """;

    /// <summary>An enrichment store on PostgreSQL: a database and a role of its own.</summary>
    public static async Task<EvidenceDatabase> PostgresStore(this AssayServer assay, PostgresServer? server = null)
    {
        server ??= await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync($"evidence_{Guid.NewGuid():N}");
        var role = await server.CreateRoleAsync($"writer_{Guid.NewGuid():N}");
        await server.RunSqlAsync(database, $"GRANT ALL ON SCHEMA public TO {role.Name}");
        var id = (await assay.Admin.Post(Stores, new JsonObject
        {
            ["name"] = People.Unique("Evidence"),
            ["connection"] = new JsonObject { ["type"] = "postgresql", ["host"] = server.Host, ["port"] = server.Port, ["username"] = role.Name, ["password"] = role.Password },
            ["database"] = database,
            ["schema"] = "public",
            ["enrichment_only"] = true,
        })).Expect(201).Id;
        return new EvidenceDatabase(id, server, database, role);
    }

    /// <summary>A synced source with these tables, linked to an enrichment store under a prefix of its own.</summary>
    public static async Task<(long Datastore, string Database, string Prefix)> Linked(this AssayServer assay, string sql, long store, string remediation = "none")
    {
        var (datastore, database) = await assay.Synced(sql);
        return (datastore, database, await assay.LinkedTo(datastore, store, remediation));
    }

    /// <summary>Links a source to an enrichment store.</summary>
    /// <returns>A prefix of its own.</returns>
    public static async Task<string> LinkedTo(this AssayServer assay, long datastore, long store, string remediation = "none")
    {
        var prefix = $"_p{Guid.NewGuid():N}"[..12];
        (await assay.Admin.Put($"{Stores}/{datastore}", new JsonObject { ["enrichment_prefix"] = prefix, ["enrichment_remediation_strategy"] = remediation })).Expect(200);
        (await assay.Admin.Patch($"{Stores}/{datastore}/enrichment/{store}")).Expect(200);
        return prefix;
    }

    /// <summary>Two checks on <see cref="Orders"/>.</summary>
    public static async Task<(long Container, long Negative, long Missing)> OrderChecks(this AssayServer assay, long datastore)
    {
        var container = await assay.ContainerId(datastore, "orders");
        return (container, (await assay.CreateCheck(container, "notNegative", ["price"])).Id, (await assay.CreateCheck(container, "notNull", ["name"])).Id);
    }

    /// <summary>Waits until all evidence of a datastore is written.</summary>
    public static Task<JsonNode> Delivered(this AssayServer assay, long datastore, int seconds = 60) => assay.UntilEnrichment(datastore, e => (long)e["pending"]! == 0, seconds);

    public static async Task<JsonNode> UntilEnrichment(this AssayServer assay, long datastore, Func<JsonNode, bool> condition, int seconds = 60)
    {
        var deadline = DateTime.UtcNow.AddSeconds(seconds);
        while (true)
        {
            var shown = (await assay.Admin.Get($"{Stores}/{datastore}/enrichment")).Expect(200);
            if (condition(shown.Json)) return shown.Json;
            if (DateTime.UtcNow > deadline) throw new Xunit.Sdk.XunitException($"Not within {seconds} s: {shown.Text}");
            await Task.Delay(50);
        }
    }

    /// <summary>Scans, and waits for the evidence.</summary>
    public static async Task<JsonNode> ScanAndDeliver(this AssayServer assay, long datastore, JsonObject? settings = null)
    {
        var operation = await assay.Scan(datastore, settings);
        await assay.Delivered(datastore);
        return operation;
    }

    /// <summary>Rows of a written table, as the API reads them back.</summary>
    public static async Task<JsonArray> Written(this AssayServer assay, long store, string table, string filter = "")
    {
        var text = (string?)(await assay.Admin.Get($"{Stores}/{store}/source-records?path={Uri.EscapeDataString(table)}&filter={Uri.EscapeDataString(filter)}")).Expect(200).Json["source_records"];
        return text is null ? [] : JsonNode.Parse(text)!.AsArray();
    }
}

/// <summary>An enrichment store on PostgreSQL, as its owner sees it.</summary>
internal sealed record EvidenceDatabase(long Id, PostgresServer Server, string Database, PostgresRole Role)
{
    /// <summary>The rows of a statement, cells as text separated by bars.</summary>
    public async Task<string[]> Query(string sql)
    {
        await using var connection = new NpgsqlConnection(Server.ConnectionStringFor(Database) + ";Timezone=UTC");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync()) found.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => rows.IsDBNull(i) ? "NULL" : rows.GetString(i))));
        return [.. found];
    }

    public Task<string[]> Columns(string table) =>
        Query($"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{table.Replace("'", "''")}' ORDER BY ordinal_position");
}
