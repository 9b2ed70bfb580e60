using System.Text.Json.Nodes;
using Assay.Testing.Postgres;

namespace Assay.Server.Tests.Harness;

/// <summary>Datastores on the tests' PostgreSQL, and operations on them seen to their end.</summary>
public static class Syncing
{
    /// <summary>A datastore of this database and schema, with a connection and a team of its own.</summary>
    /// <param name="connection">Members of the connection to add or replace.</param>
    public static async Task<long> RegisterPostgres(
        this AssayServer assay, string database, string schema = "public", PostgresRole? role = null, JsonObject? connection = null)
    {
        var made = await assay.CreateConnection(connection, role);
        return (await assay.Admin.Post("/api/datastores", new JsonObject
        {
            ["name"] = People.Unique("Datastore"),
            ["connection_id"] = made.Id,
            ["database"] = database,
            ["schema"] = schema,
            ["trigger_sync"] = false,
            ["teams"] = new JsonArray(People.Unique("Team")),
        })).Expect(201).Id;
    }

    /// <summary>A database with these tables, made by SQL.</summary>
    public static async Task<string> CreateDatabase(string sql)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        if (sql.Length > 0) await server.RunSqlAsync(database, sql);
        return database;
    }

    public static async Task RunSql(string database, string sql) => await (await PostgresServer.SharedAsync()).RunSqlAsync(database, sql);

    /// <summary>A whole number that the server answers.</summary>
    public static async Task<long> Scalar(string database, string sql) => await (await PostgresServer.SharedAsync()).ScalarAsync<long>(database, sql);

    /// <summary>Asks for a sync.</summary>
    public static async Task<Answer> StartSync(this AssayServer assay, long datastore, JsonObject? settings = null, Api? by = null) =>
        await (by ?? assay.Admin).Post("/api/operations/run", new JsonObject { ["type"] = "sync", ["datastore_id"] = datastore }.With(settings ?? []));

    /// <summary>Runs a sync to its end and answers the operation.</summary>
    public static async Task<JsonNode> Sync(this AssayServer assay, long datastore, JsonObject? settings = null) =>
        await assay.UntilEnded((await assay.StartSync(datastore, settings)).Expect(200).Id);

    /// <summary>Runs a sync that must succeed and answers its counters.</summary>
    public static async Task<Counters> SyncWell(this AssayServer assay, long datastore, JsonObject? settings = null)
    {
        var operation = await assay.Sync(datastore, settings);
        ((string?)operation["result"]).ShouldBe("success", operation.ToJsonString());
        return new Counters(operation);
    }

    public static Task<JsonNode> UntilEnded(this AssayServer assay, long operation, int seconds = 60) =>
        assay.Until(operation, o => o["end_time"] is not null, seconds);

    public static async Task<JsonNode> Until(this AssayServer assay, long operation, Func<JsonNode, bool> condition, int seconds = 60)
    {
        var deadline = DateTime.UtcNow.AddSeconds(seconds);
        while (true)
        {
            var shown = (await assay.Admin.Get($"/api/operations/{operation}")).Expect(200);
            if (condition(shown.Json)) return shown.Json;
            if (DateTime.UtcNow > deadline) throw new Xunit.Sdk.XunitException($"Not within {seconds} s: {shown.Text}");
            await Task.Delay(50);
        }
    }
}

/// <summary>The counters and the message of an ended sync.</summary>
public sealed record Counters(JsonNode Operation)
{
    public long this[string name] => (long)Operation["status"]![name]!;
    public string? Message => (string?)Operation["message"];
    public (long Added, long Changed, long Restored, long Removed) Containers =>
        (this["containers_added"], this["containers_changed"], this["containers_restored"], this["containers_removed"]);
    public (long Added, long Changed, long Removed) Fields => (this["fields_added"], this["fields_changed"], this["fields_removed"]);
}
