using System.Text.Json.Nodes;
using Assay.Server.Datastores.Purge;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Datastores;

public sealed class DeleteTests(AssayServer assay)
{
    private StoreConnections Store => assay.Services.GetRequiredService<StoreConnections>();

    [Fact]
    public async Task Delete_HidesAtOnce_KeepsTheConnection_AndPurgesAllOfIt()
    {
        var store = await assay.CreateDatastore(("tags", Names(People.Unique("tag"))), ("trigger_sync", true), ("group", new JsonObject { ["name"] = People.Unique("g") }));
        var id = (long)store["id"]!;
        (await assay.Admin.Patch($"{Stores}/{id}/favorite", new JsonObject { ["favorite"] = true })).Expect(200);
        await AddContainers(id, containers: 450, fields: 20);

        (await assay.Admin.Delete($"{Stores}/{id}")).Expect(204).Text.ShouldBeEmpty();

        (await assay.Admin.Get($"{Stores}/{id}")).Expect(404);
        (await assay.Admin.Delete($"{Stores}/{id}")).Expect(404).Detail.ShouldBe($"Datastore id: {id} not found");
        ((int?)(await assay.Admin.Get($"{Stores}?id={id}")).Json["total"]).ShouldBe(0);
        (await assay.Admin.Get($"/api/connections/{store["connection_id"]}")).Expect(200);
        await Purged(id);
        foreach (var table in PurgePlan.OfDatastore) (await Count($"SELECT COUNT(*) FROM {table.Table} WHERE datastore_id = {id}")).ShouldBe(0, table.Table);
        (await Count($"SELECT COUNT(*) FROM containers WHERE datastore_id = {id}")).ShouldBe(0);
        (await Count($"SELECT COUNT(*) FROM fields WHERE native_type = 'purge {id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Delete_OfALinkedEnrichmentStore_Is409_UntilItsSourcesAreGone()
    {
        var enrichment = await assay.CreateEnrichmentStoreId();
        var source = await assay.CreateDatastoreId(("enrichment_datastore_id", enrichment));

        (await assay.Admin.Delete($"{Stores}/{enrichment}")).Expect(409).Detail.ShouldBe($"Cannot delete the enrichment store: datastore ids {source} are linked to it; unlink them first");
        (await assay.Admin.Delete($"{Stores}/{source}")).Expect(204);
        (await assay.Admin.Delete($"{Stores}/{enrichment}")).Expect(204);
        await Purged(enrichment);
    }

    [Fact]
    public async Task Delete_FreesThePrefixAtTheEnrichmentStore()
    {
        var enrichment = await assay.CreateEnrichmentStoreId();
        var name = People.Unique("Again");
        var first = await assay.CreateDatastoreId(("name", name), ("enrichment_datastore_id", enrichment));

        (await assay.Admin.Delete($"{Stores}/{first}")).Expect(204);

        await assay.CreateDatastoreId(("name", name), ("enrichment_datastore_id", enrichment));
    }

    [Fact]
    public async Task Delete_StopsWhatIsQueuedAndRunning()
    {
        var id = await assay.CreateDatastoreId();
        // A run of a worker that is not here: it keeps the datastore from being purged until its end is written.
        await Execute($"INSERT INTO operations (type, datastore_id, result, triggered_by, settings, status, created, attempt, interruptions, heartbeat) VALUES ('sync', {id}, 'running', 'x', '{{}}', '{{}}', 1, 1, 0, {Store.Kind.Now})");
        await Execute($"INSERT INTO operations (type, datastore_id, result, triggered_by, settings, status, created, attempt, interruptions) VALUES ('sync', {id}, 'queued', 'x', '{{}}', '{{}}', 1, 0, 0)");

        (await assay.Admin.Delete($"{Stores}/{id}")).Expect(204);

        (await Count($"SELECT COUNT(*) FROM operations WHERE datastore_id = {id} AND result = 'running' AND abort_requested")).ShouldBe(1);
        (await Count($"SELECT COUNT(*) FROM operations WHERE datastore_id = {id} AND result = 'queued'")).ShouldBe(0);
        await Execute($"UPDATE operations SET result = 'aborted', end_time = 2 WHERE datastore_id = {id} AND result = 'running'");
        await Purged(id);
    }

    [Fact]
    public async Task Purge_StoppedInTheMiddle_GoesOnFromWhatIsThere()
    {
        var id = await assay.CreateDatastoreId();
        await AddContainers(id, containers: 500, fields: 15);
        var batch = assay.Services.GetRequiredService<PurgeBatch>();
        await Execute($"UPDATE datastores SET deleted = 1 WHERE id = {id}");

        // The background purge may have turns in between; a portion is bounded whoever takes it.
        var left = 7_500L;
        while (left == 7_500)
        {
            (await batch.RunAsync(id, CancellationToken.None)).ShouldNotBe(true);
            left = await Count($"SELECT COUNT(*) FROM fields WHERE native_type = 'purge {id}'");
        }
        while (await Count($"SELECT COUNT(*) FROM datastores WHERE id = {id}") > 0)
        {
            await batch.RunAsync(id, CancellationToken.None);
            await Task.Delay(10);
        }

        (await Count($"SELECT COUNT(*) FROM datastores WHERE id = {id}")).ShouldBe(0);
    }

    [Fact]
    public async Task Plan_NamesEveryTableThatRefersToADatastoreOrContainer()
    {
        var references = (await References()).Where(r => r.Target is "datastores" or "containers" or "fields" && r.Table != r.Target).Select(r => $"{r.Table}.{r.Column}").ToHashSet();

        var planned = PurgePlan.OfContainers.Concat(PurgePlan.OfDatastore).Append(new PurgeStep(PurgePlan.Containers, "datastore_id")).Select(s => $"{s.Table}.{s.Column}").ToHashSet();

        references.Except(planned).ShouldBeEmpty("these would keep a deleted datastore from being purged, or be removed by one unbounded cascade");
    }

    [Fact]
    public async Task Totals_AfterEverythingThatChangesThem_EqualACount()
    {
        var team = await assay.CreateTeam("Reporter");
        var ids = new List<long>();
        for (var i = 0; i < 4; i++) ids.Add(await assay.CreateDatastoreId(("teams", Names(team.Name)), ("enrichment_only", i == 0)));
        (await assay.Admin.Put($"{Stores}/{ids[0]}", new JsonObject { ["enrichment_only"] = false })).Expect(200);
        (await assay.Admin.Put($"{Stores}/{ids[1]}", new JsonObject { ["teams"] = Names("Public") })).Expect(200);
        (await assay.Admin.Delete($"{Stores}/{ids[2]}")).Expect(204);
        await Purged(ids[2]);

        (await Count($"SELECT live FROM datastore_totals WHERE team_id = {team.Id} AND NOT enrichment_only")).ShouldBe(2);
        (await Count($"SELECT live FROM datastore_totals WHERE team_id = {team.Id} AND enrichment_only")).ShouldBe(0);
        // Other tests run meanwhile, so both figures come from one statement.
        (await Count("SELECT COUNT(*) FROM datastore_totals t WHERE t.team_id = 0 AND t.live <> (SELECT COUNT(*) FROM datastores d WHERE d.deleted IS NULL AND d.enrichment_only = t.enrichment_only)")).ShouldBe(0);
        (await assay.Admin.Delete($"/api/teams/{team.Id}")).Expect(204);
        (await Count($"SELECT COALESCE(SUM(live), 0) FROM datastore_totals WHERE team_id = {team.Id}")).ShouldBe(0);
    }

    private async Task AddContainers(long id, int containers, int fields)
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        for (var c = 0; c < containers; c++)
        {
            var container = await connection.ExecuteScalarAsync<long>($"INSERT INTO containers (datastore_id, name, container_type, records_quality, field_count, fingerprint, sync_state, user_settings, keys, created, updated) VALUES ({id}, 't{c}', 'table', 'unknown', {fields}, '', 'available', '', '[]', 1, 1) RETURNING id", transaction: transaction);
            var rows = string.Join(", ", Enumerable.Range(0, fields).Select(f => $"({container}, 'f{f}', {f}, 'String', 'purge {id}', 'active', 1)"));
            await connection.ExecuteAsync($"INSERT INTO fields (container_id, name, ordinal, type, native_type, status, created) VALUES {rows}", transaction: transaction);
        }
        await transaction.CommitAsync();
    }

    private async Task Purged(long id)
    {
        for (var i = 0; i < 600 && await Count($"SELECT COUNT(*) FROM datastores WHERE id = {id}") > 0; i++) await Task.Delay(50);
        (await Count($"SELECT COUNT(*) FROM datastores WHERE id = {id}")).ShouldBe(0);
    }

    private async Task<IReadOnlyList<(string Table, string Column, string Target)>> References()
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        return [.. await connection.QueryAsync<(string, string, string)>(Store.Kind == StoreKind.Sqlite
            ? """SELECT m.name, f."from", f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"""
            : """
              SELECT c.conrelid::regclass::text, a.attname::text, c.confrelid::regclass::text FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f'
              """)];
    }

    private async Task<long> Count(string sql)
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    private async Task Execute(string sql)
    {
        await using var connection = await Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql);
    }
}
