using System.Data.Common;
using Assay.Server.Settings;
using Assay.Server.Store;
using Assay.Server.Store.Reads;

namespace Assay.Bench.Hosting;

/// <summary>
/// What Assay is compared with: Kestrel with nothing in between, one indexed read of the same datastores, every column of their
/// table written as JSON. It reads as well as Assay does, on connections that stay open with statements prepared.
/// </summary>
internal static class BareServer
{
    private const string Columns = "SELECT * FROM datastores WHERE deleted IS NULL AND ";

    public static async Task<int> ServeAsync(string[] words)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{words[0]}");
        var store = StoreOptions.From(new AssaySettings { Data = words[1], Database = words[2] });
        var reads = new StoreReads(new StoreConnections(store), store);
        await using var app = builder.Build();
        app.MapGet("/one/{id:long}", async (long id, CancellationToken cancel) =>
            (await reads.ReadAsync($"{Columns} id = @id", new SqlArguments().Add("@id", id), Rows, cancel)).FirstOrDefault());
        app.MapGet("/first", (CancellationToken cancel) =>
            reads.ReadAsync($"{Columns} enrichment_only = @e ORDER BY id LIMIT 50", new SqlArguments().Add("@e", false), Rows, cancel).AsTask());
        app.MapGet("/last", (CancellationToken cancel) =>
            reads.ReadAsync($"{Columns} enrichment_only = @e ORDER BY id DESC LIMIT 50", new SqlArguments().Add("@e", false), Rows, cancel).AsTask());
        await app.RunAsync();
        return 0;
    }

    private static List<Row> Rows(DbDataReader rows)
    {
        var found = new List<Row>();
        while (rows.Read()) found.Add(Row.Of(rows));
        return found;
    }

    private sealed record Row(
        long Id, string Name, string NameKey, string? Description, long ConnectionId, string Type, string StoreType, string? Database, string? Schema,
        string? RootPath, bool FolderGlobbingEnabled, bool EnrichmentOnly, long? GroupId, long? EnrichmentDatastoreId, string? EnrichmentPrefix,
        long EnrichmentSourceRecordLimit, string EnrichmentRemediationStrategy, long HighCountRollupThreshold, bool Connected, long Containers, long Records,
        long FieldsProfiled, long ActiveChecks, long ActiveAnomalies, DateTime Created, DateTime Updated)
    {
        public static Row Of(DbDataReader rows)
        {
            var row = new RowCursor(rows);
            return new Row(row.Number(), row.Text(), row.Text(), row.TextOrNull(), row.Number(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(),
                row.TextOrNull(), row.Flag(), row.Flag(), row.NumberOrNull(), row.NumberOrNull(), row.TextOrNull(), row.Number(), row.Text(), row.Number(), row.Flag(),
                row.Number(), row.Number(), row.Number(), row.Number(), row.Number(), row.Time(), row.Time());
        }
    }
}
