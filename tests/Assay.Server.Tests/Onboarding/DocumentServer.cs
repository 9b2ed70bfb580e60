using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Onboarding;

/// <summary>A server of its own that is as the API document's examples expect theirs: connection 7, enrichment store 42, two databases.</summary>
public sealed class DocumentServer : IAsyncLifetime
{
    public const int Connection = 7;
    public const int EnrichmentStore = 42;

    public AssayServer Assay { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Assay.InitializeAsync();
        var source = await PostgresServer.SharedAsync();
        await CreateAsync(source, "production_db", "sales", "finance", "hr", "marketing");
        await CreateAsync(source, "analytics_db", "raw", "staging", "curated");
        for (var id = 1; id < Connection; id++) (await Assay.Admin.Post("/api/connections", UnreachablePostgres())).Expect(200);
        (await Assay.CreateConnection()).Id.ShouldBe(Connection);
        (await Assay.Admin.Post("/api/connections/1/datastores/bulk", new JsonObject
        {
            ["database"] = "other",
            ["schemas"] = Names([.. Enumerable.Range(1, EnrichmentStore - 1).Select(i => $"s{i}")]),
        })).Expect(200);
        (await Assay.CreateEnrichmentStoreId()).ShouldBe(EnrichmentStore);
    }

    public ValueTask DisposeAsync() => Assay.DisposeAsync();

    private static async Task CreateAsync(PostgresServer source, string database, params string[] schemas)
    {
        await source.CreateDatabaseAsync(database);
        await source.RunSqlAsync(database, string.Join(';', schemas.Append("public").Select(s => $"CREATE SCHEMA IF NOT EXISTS {s}; CREATE TABLE {s}.orders (id int PRIMARY KEY, placed date)")));
    }
}
