using System.Text.Json.Nodes;
using Assay.Server.Operations;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;
using static Assay.Server.Tests.Harness.Syncing;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Operations;

/// <summary>Syncs of many schemas of one connection.</summary>
public sealed class SharedListingTests(AssayServer assay)
{
    private const int Schemas = 40;

    [Fact]
    public async Task SyncsQueuedTogether_CostTheSourceOneListingAndFailAlone()
    {
        var server = await PostgresServer.SharedAsync();
        await server.RunSqlAsync("postgres", "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        var database = await CreateDatabase($"""
            DO $$ BEGIN FOR i IN 1..{Schemas} LOOP
                EXECUTE format('CREATE SCHEMA s%s', i);
                FOR j IN 1..(i % 4) LOOP EXECUTE format('CREATE TABLE s%s.t%s_%s (id int PRIMARY KEY, name text, at date)', i, i, j); END LOOP;
            END LOOP; END $$
            """);
        var role = await server.CreateRoleAsync(); // without rights of its own
        await server.RunSqlAsync(database, $"DO $$ BEGIN FOR i IN 2..{Schemas} LOOP EXECUTE format('GRANT USAGE ON SCHEMA s%s TO {PostgresServer.Quote(role.Name)}', i); END LOOP; END $$");
        var names = Enumerable.Range(1, Schemas).Select(i => $"s{i}").Append("missing").ToArray();

        var operations = await BulkSync(await assay.CreateConnection(role: role), database, names);

        var ended = new List<JsonNode>();
        foreach (var operation in operations) ended.Add(await assay.UntilEnded(operation, 120));
        ended.Select(o => (string)o["result"]!).ShouldBe(names.Select(n => n is "s1" or "missing" ? "failure" : "success"));
        ((string)ended[0]["message"]!).ShouldContain("GRANT USAGE ON SCHEMA");
        ((string)ended[^1]["message"]!).ShouldContain("missing");
        ended.Skip(1).SkipLast(1).Select((o, i) => (long)o["status"]!["containers_added"]!).ShouldBe(Enumerable.Range(2, Schemas - 1).Select(i => (long)(i % 4)));
        var fields = (await assay.Admin.Get($"/api/fields?container={(await assay.Admin.Get($"/api/containers?datastore={(long)ended[38]["datastore"]!["id"]!}")).Expect(200).Json["items"]![0]!["id"]}")).Expect(200).Json;
        fields["items"]!.AsArray().Select(f => (string)f!["name"]!).Order().ShouldBe(["at", "id", "name"]);

        server.SignInsOf(role).ShouldBeLessThanOrEqualTo(3); // one, unless a worker had to try again
        (await server.ScalarAsync<long>("postgres", $"SELECT COALESCE(sum(calls), 0)::int8 FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = '{role.Name}'"))
            .ShouldBeLessThanOrEqualTo(3 * 8);
    }

    [Fact]
    public async Task SharedListingThatBreaks_RemovesNothingAndEachSyncListsAlone()
    {
        var (database, role, stores) = await ThreeSynced();
        var held = await HeldDatabase.HoldAsync(database);
        var operations = await StartTogether(stores);
        await UntilASessionWaits(role);
        await RunSql("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role.Name}'");
        await held.DisposeAsync();

        foreach (var operation in operations) ((string)(await assay.UntilEnded(operation))["result"]!).ShouldBe("success");
        foreach (var store in stores)
            (await assay.Admin.Get($"/api/containers?datastore={store}")).Expect(200).Json["items"]!.AsArray().Select(c => (string)c!["name"]!).ShouldBe(["t"]);
    }

    [Fact]
    public async Task AbortOfSyncsThatShareAListing_LeavesTheOthers()
    {
        var (database, role, stores) = await ThreeSynced();
        List<long> operations;
        await using (await HeldDatabase.HoldAsync(database))
        {
            operations = await StartTogether(stores);
            await UntilASessionWaits(role);
            foreach (var operation in operations.Take(2)) // the first makes room for the third
            {
                await assay.Until(operations[2], o => operation == operations[0] || (string)o["result"]! == "running");
                (await assay.Admin.Put($"/api/operations/abort/{operation}")).Expect(200);
                ((string)(await assay.UntilEnded(operation))["result"]!).ShouldBe("aborted");
            }
        }

        ((string)(await assay.UntilEnded(operations[2]))["result"]!).ShouldBe("success");
    }

    [Fact]
    public async Task SyncsOfASourceThatIsNotThere_AllFailWithTheSameReason()
    {
        var connection = (await assay.Admin.Post("/api/connections", UnreachablePostgres())).Expect(200);

        foreach (var operation in await BulkSync(connection, "production", "a", "b", "c", "d", "e"))
        {
            var ended = await assay.UntilEnded(operation);
            ((string)ended["result"]!).ShouldBe("failure");
            ((string)ended["message"]!).ShouldContain("127.0.0.1");
        }
    }

    /// <summary>Makes datastores of these schemas in one go and answers their syncs, in order.</summary>
    private async Task<List<long>> BulkSync(Answer connection, string database, params string[] schemas)
    {
        var made = (await assay.Admin.Post($"/api/connections/{connection.Id}/datastores/bulk",
            new JsonObject { ["database"] = database, ["schemas"] = Names(schemas), ["trigger_catalog"] = true })).Expect(200).Json;
        var operations = new List<long>();
        foreach (var id in made["created"]!.AsArray())
            operations.Add((long)(await assay.Admin.Get($"/api/datastores/{id}/operations")).Expect(200).Json["catalog_operation"]!["id"]!);
        return operations;
    }

    private async Task<(string Database, PostgresRole Role, long[] Stores)> ThreeSynced()
    {
        var database = await CreateDatabase("CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA c; CREATE TABLE a.t (id int); CREATE TABLE b.t (id int); CREATE TABLE c.t (id int)");
        var role = await (await PostgresServer.SharedAsync()).CreateReaderAsync();
        var connection = await assay.CreateConnection(role: role);
        var made = (await assay.Admin.Post($"/api/connections/{connection.Id}/datastores/bulk", new JsonObject { ["database"] = database, ["schemas"] = Names("a", "b", "c") })).Expect(200).Json;
        var stores = made["created"]!.AsArray().Select(id => (long)id!).ToArray();
        foreach (var store in stores) await assay.SyncWell(store);
        return (database, role, stores);
    }

    /// <summary>Queues syncs in one transaction, so that none starts before all are there.</summary>
    private async Task<List<long>> StartTogether(long[] stores)
    {
        await using var scope = assay.Services.CreateAsyncScope();
        var (db, desk) = (scope.ServiceProvider.GetRequiredService<AssayDb>(), scope.ServiceProvider.GetRequiredService<OperationDesk>());
        await using var transaction = await db.Database.BeginTransactionAsync();
        var operations = new List<long>();
        foreach (var store in stores)
        {
            (await desk.EnqueueAsync(db, store, "sync", """{"prune": true}""", null, CancellationToken.None)).Try(out var operation, out _).ShouldBeTrue();
            operations.Add(operation!.Id);
        }
        await transaction.CommitAsync();
        return operations;
    }

    private static async Task UntilASessionWaits(PostgresRole role)
    {
        var server = await PostgresServer.SharedAsync();
        for (var i = 0; i < 600 && await server.ScalarAsync<long>("postgres",
                 $"SELECT count(*) FROM pg_stat_activity WHERE usename = '{role.Name}' AND wait_event_type = 'Lock'") == 0; i++) await Task.Delay(50);
    }
}
