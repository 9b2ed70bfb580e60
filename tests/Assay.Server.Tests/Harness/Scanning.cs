using System.Text.Json.Nodes;

namespace Assay.Server.Tests.Harness;

/// <summary>Containers with rows behind them, scans seen to their end, and what they found.</summary>
public static class Scanning
{
    /// <summary>A synced datastore on a database of its own with these tables, made by SQL.</summary>
    public static async Task<(long Datastore, string Database)> Synced(this AssayServer assay, string sql)
    {
        var database = await Syncing.CreateDatabase(sql);
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        return (datastore, database);
    }

    /// <summary>Runs a scan to its end, which must be a success, and answers the operation.</summary>
    public static async Task<JsonNode> Scan(this AssayServer assay, long datastore, JsonObject? settings = null)
    {
        var operation = await assay.ScanToEnd(datastore, settings);
        ((string?)operation["result"]).ShouldBe("success", operation.ToJsonString());
        return operation;
    }

    public static async Task<JsonNode> ScanToEnd(this AssayServer assay, long datastore, JsonObject? settings = null) =>
        await assay.UntilEnded((await assay.Admin.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = datastore }.With(settings ?? []))).Expect(200).Id, 120);

    /// <summary>The anomalies of a datastore, oldest first.</summary>
    public static async Task<JsonNode[]> Anomalies(this AssayServer assay, long datastore, string query = "") =>
        [.. (await assay.Admin.Get($"/api/anomalies?datastore={datastore}&size=100&sort_created=asc{query}")).Expect(200).Json["items"]!.AsArray().OfType<JsonNode>()];

    public static async Task<string> Records(this AssayServer assay, JsonNode anomaly) =>
        (string)(await assay.Admin.Get($"/api/anomalies/{anomaly["id"]}/source-record?limit=1000")).Expect(200).Json["source_record"]!;
}
