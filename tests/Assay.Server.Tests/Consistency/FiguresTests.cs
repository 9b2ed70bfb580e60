using System.Text.Json.Nodes;
using Assay.Server.Anomalies;
using Assay.Server.Checks;
using Assay.Server.Containers;
using Assay.Server.Scores;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Consistency;

/// <summary>Figures that are kept instead of counted are true at all times: random work, and after every step all of them counted anew from the rows.</summary>
public sealed class FiguresTests(AssayServer assay)
{
    private const int Steps = 60;

    [Theory]
    [InlineData(1), InlineData(2)]
    public async Task RandomWork_LeavesEveryFigureTrue(int seed)
    {
        var (datastore, database) = await assay.Synced(string.Concat(new[] { "a", "b", "c" }.Select(RandomWork.Table)));
        var other = await assay.CreateDatastoreId(); // has nothing: sorts last by anomalies as soon as the first has some
        var work = new RandomWork(assay, datastore, database, seed);
        for (var step = 0; step < Steps; step++)
        {
            await work.Step();
            await CompareCounts(datastore, work.Diary);
            await CompareOrder(datastore, other, work.Diary);
        }
        await CompareScores(datastore, work.Diary);
    }

    private async Task CompareCounts(long datastore, string diary)
    {
        await using var db = await assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
        var live = await db.Set<Container>().Where(c => c.DatastoreId == datastore && c.DeletedAt == null).Select(c => c.Id).ToListAsync();
        var checks = await db.Set<QualityCheck>().Where(q => q.ContainerId != null && live.Contains(q.ContainerId.Value) && q.DeletedAt == null && q.Status == "Active").ToListAsync();
        var anomalies = await db.Set<Anomaly>().Where(a => live.Contains(a.ContainerId)).ToListAsync();
        // Kept twice, as a status and as a time: both must say the same.
        anomalies.ShouldAllBe(a => (a.ArchivedAt == null) == (a.Status == "Active" || a.Status == "Acknowledged"), diary);

        var shown = (await assay.Admin.Get($"/api/datastores/{datastore}")).Expect(200).Json;
        var metrics = shown["metrics"]!;
        ((long)metrics["containers"]!, (long)metrics["active_checks"]!, (long)metrics["active_anomalies"]!)
            .ShouldBe((live.Count, checks.Count, anomalies.Count(a => a.ArchivedAt is null)), diary);
        ((long)shown["check_count"]!, (long)shown["anomaly_count"]!).ShouldBe(((long)metrics["active_checks"]!, (long)metrics["active_anomalies"]!), diary);
        var listed = (await assay.Admin.Get($"/api/datastores?name={Uri.EscapeDataString((string)shown["name"]!)}")).Expect(200).Json["items"]![0]!["metrics"]!;
        JsonNode.DeepEquals(Counts(listed), Counts(metrics)).ShouldBeTrue(diary);
        foreach (var container in (await assay.Admin.Get($"/api/containers?datastore={datastore}&size=100")).Expect(200).Json["items"]!.AsArray())
        {
            var (id, of) = ((long)container!["id"]!, container["metrics"]!);
            ((long)of["active_checks"]!, (long)of["passing_checks"]!, (long)of["failing_checks"]!, (long)of["anomalies"]!, (long)of["active_anomalies"]!).ShouldBe((
                checks.Count(c => c.ContainerId == id), checks.Count(c => c.ContainerId == id && c.IsPassing == true), checks.Count(c => c.ContainerId == id && c.IsPassing == false),
                anomalies.Count(a => a.ContainerId == id), anomalies.Count(a => a.ContainerId == id && a.ArchivedAt is null)), diary);
            var weights = (await assay.Admin.Get($"/api/quality-checks?container={id}&status=Active&size=100")).Expect(200).Json["items"]!.AsArray().Select(c => (long)c!["weight"]!).ToList();
            weights.Count.ShouldBe((int)(long)of["active_checks"]!, diary);
            ((long)of["important_checks"]!).ShouldBe(weights.Count(w => w >= 7), diary);
        }
        // What lists say is what the figures say.
        ((long)(await assay.Admin.Get($"/api/anomalies?datastore={datastore}")).Expect(200).Json["total"]!).ShouldBe((long)metrics["active_anomalies"]!, diary);
        ((long)(await assay.Admin.Get($"/api/quality-checks?datastore={datastore}&status=Active")).Expect(200).Json["total"]!).ShouldBe((long)metrics["active_checks"]!, diary);

        // Scores are made in their own time.
        static JsonObject Counts(JsonNode metrics)
        {
            var counts = metrics.DeepClone().AsObject();
            counts.Remove("quality_score");
            return counts;
        }
    }

    private async Task CompareOrder(long datastore, long empty, string diary)
    {
        var anomalies = (long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["active_anomalies"]!;
        var places = new List<long>();
        for (var page = 1; !places.Contains(datastore); page++)
        {
            var items = (await assay.Admin.Get($"/api/datastores?sort_active_anomalies=desc&size=100&page={page}")).Expect(200).Json["items"]!.AsArray();
            if (items.Count == 0) break;
            places.AddRange(items.Select(i => (long)i!["id"]!));
        }
        places.ShouldContain(datastore, diary);
        if (anomalies > 0 && places.Contains(empty)) places.IndexOf(datastore).ShouldBeLessThan(places.IndexOf(empty), diary);
    }

    // Whatever changed has left a mark: once there is none left, making all scores anew finds them as they are.
    private async Task CompareScores(long datastore, string diary)
    {
        var kept = await Settled(datastore);
        await using (var db = await assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync())
            await db.Database.ExecuteSqlAsync($"INSERT INTO score_marks (datastore_id, container_id) SELECT datastore_id, id FROM containers WHERE datastore_id = {datastore} AND deleted_at IS NULL");
        (await Settled(datastore)).ShouldBe(kept, diary);
    }

    private async Task<List<string>> Settled(long datastore)
    {
        await using var db = await assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(100))
        {
            if (await db.Database.SqlQuery<long>($"SELECT COUNT(*) AS \"Value\" FROM score_marks WHERE datastore_id = {datastore}").SingleAsync() == 0) break;
            if (DateTime.UtcNow > deadline) throw new Xunit.Sdk.XunitException("Marks are left");
        }
        var live = await db.Set<Container>().Where(c => c.DatastoreId == datastore && c.DeletedAt == null).Select(c => c.Id).ToListAsync();
        var days = await db.Set<DailyScore>().AsNoTracking().Where(s => s.DatastoreId == datastore && (s.ContainerId == 0 || live.Contains(s.ContainerId))).OrderBy(s => s.ContainerId).ToListAsync();
        var fields = await db.Set<FieldScore>().AsNoTracking().Where(s => live.Contains(s.ContainerId)).OrderBy(s => s.FieldId).ToListAsync();
        return [.. days.Select(s => $"{s.ContainerId}: {Text(s)}"), .. fields.Select(s => $"field {s.FieldId}: {Text(s)}")];

        static string Text(StoredScore s) =>
            FormattableString.Invariant($"{s.Total} {s.Completeness} {s.Coverage} {s.Conformity} {s.Consistency} {s.Precision} {s.Timeliness} {s.Volumetrics} {s.Accuracy}");
    }
}
