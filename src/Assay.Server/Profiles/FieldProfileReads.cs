using System.Text.Json;
using Assay.Quality.Profiling;
using Assay.Server.Containers;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Profiles;

/// <summary>Reads profiles of fields. Values of fields that are masked now are not shown, whenever the profile was made.</summary>
internal sealed class FieldProfileReads(AssayDb db, MaskingAudit audit)
{
    public async Task<PageOf<FieldProfileView>> PageAsync(FieldProfileQuery query, Caller caller, CancellationToken cancel)
    {
        var containers = Visible(caller, query.Datastore, query.Container);
        if (query.Tag is { } tags)
            containers = containers.Where(c => db.Set<Tag>().Any(t => tags.Contains(t.Name) && (db.Set<ContainerTag>().Any(x => x.TagId == t.Id && x.ContainerId == c.Id)
                || db.Set<DatastoreTag>().Any(x => x.TagId == t.Id && x.DatastoreId == c.DatastoreId))));
        var rows = Of(containers, query.LatestOnly);
        if (query.Name is { } name) rows = rows.Where(p => p.Name == name);
        if (query.Type is { } types) rows = rows.Where(p => types.Contains(p.FieldType));
        return await ShowAsync(rows.Sorted(db, query), query, cancel);
    }

    public Task<List<FieldProfileStub>> ListingAsync(FieldProfileListingQuery query, Caller caller, CancellationToken cancel)
    {
        var rows = Of(Visible(caller, query.Datastore, query.Containers), query.LatestOnly);
        if (query.Id is { } ids) rows = rows.Where(p => ids.Contains(p.Id));
        return StubsAsync(rows, cancel);
    }

    public static Task<List<FieldProfileStub>> StubsAsync(IQueryable<FieldProfileRow> rows, CancellationToken cancel) =>
        rows.OrderBy(p => p.Id).Select(p => new FieldProfileStub(p.Id, p.Created, p.Name, p.FieldType, p.FieldId, p.ContainerId)).ToListAsync(cancel);

    /// <summary>Of one container's profile.</summary>
    public Task<PageOf<FieldProfileView>> OfProfileAsync(long profileId, ContainerFieldProfileQuery query, CancellationToken cancel)
    {
        var rows = db.Set<FieldProfileRow>().AsNoTracking().Where(p => p.ContainerProfileId == profileId);
        if (query.Name is { } name) rows = rows.Where(p => p.Name == name);
        return ShowAsync(rows.By(query.SortName, p => p.Name).By(query.SortCreated, p => p.Created).By(query.SortName ?? query.SortCreated ?? "asc", p => p.Id), query, cancel);
    }

    /// <summary>The latest of each live field of a container.</summary>
    public Task<PageOf<FieldProfileView>> LatestOfContainerAsync(long containerId, ContainerFieldProfileQuery query, CancellationToken cancel)
    {
        var rows = db.Set<FieldProfileRow>().AsNoTracking().Where(p => p.ContainerId == containerId
            && db.Set<Field>().Any(f => f.LatestProfileId == p.Id && (f.Status == FieldStatus.Active || f.Status == FieldStatus.Masked)));
        if (query.Name is { } name) rows = rows.Where(p => p.Name == name);
        return ShowAsync(rows.By(query.SortName, p => p.Name).By(query.SortCreated, p => p.Created).By(query.SortName ?? query.SortCreated ?? "asc", p => p.Id), query, cancel);
    }

    public async Task<IReadOnlyList<FieldProfileView>> HistoryAsync(long fieldId, int limit, CancellationToken cancel) =>
        await ShowAsync(await db.Set<FieldProfileRow>().AsNoTracking().Where(p => p.FieldId == fieldId && !db.Set<ContainerProfile>().Any(c => c.Id == p.ContainerProfileId && c.ParentProfileId != null)).OrderByDescending(p => p.Id).Take(limit).ToListAsync(cancel), cancel);

    /// <param name="reveal">Whether the values of a masked field are shown, which is written down.</param>
    public async Task<FieldProfileView?> FindAsync(long id, bool reveal, Caller caller, CancellationToken cancel)
    {
        var rows = await db.Set<FieldProfileRow>().AsNoTracking().Where(p => p.Id == id).ToListAsync(cancel);
        if (rows.Count == 0) return null;
        if (reveal) await NoteAsync(rows, MaskingReveal.View, caller.Id, cancel);
        return (await ShowAsync(rows, cancel, reveal))[0];
    }

    /// <summary>As they are exported.</summary>
    /// <param name="revealTo">The user to whom values of masked fields are shown, which is written down; null where they stay hidden.</param>
    public async Task<IReadOnlyList<FieldProfileView>> ExportAsync(IReadOnlyList<FieldProfileRow> rows, long? revealTo, CancellationToken cancel)
    {
        if (revealTo is { } user) await NoteAsync(rows, MaskingReveal.Export, user, cancel);
        return await ShowAsync(rows, cancel, revealTo is not null);
    }

    private async Task NoteAsync(IReadOnlyList<FieldProfileRow> rows, string action, long userId, CancellationToken cancel)
    {
        var masked = await MaskedAsync(rows, cancel);
        foreach (var row in rows)
        {
            var told = JsonSerializer.Deserialize<FieldProfile>(row.Metrics, Json.Options)!.Correlations.Select(c => c.Field).Append(row.Name);
            await audit.NoteAsync(MaskingReveal.FieldProfile, row.Id, action, [.. told.Where(masked(row).Contains)], userId, cancel);
        }
    }

    private IQueryable<Container> Visible(Caller caller, IReadOnlyList<long>? datastores, IReadOnlyList<long>? wanted)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var containers = db.Set<Container>().Where(c => c.DeletedAt == null && visible.Any(d => d.Id == c.DatastoreId));
        if (datastores is not null) containers = containers.Where(c => datastores.Contains(c.DatastoreId));
        return wanted is null ? containers : containers.Where(c => wanted.Contains(c.Id));
    }

    private IQueryable<FieldProfileRow> Of(IQueryable<Container> containers, bool? latestOnly)
    {
        // Those of groups belong to their container's profile, which lists them.
        var rows = db.Set<FieldProfileRow>().AsNoTracking().Where(p => containers.Any(c => c.Id == p.ContainerId) && !db.Set<ContainerProfile>().Any(c => c.Id == p.ContainerProfileId && c.ParentProfileId != null));
        return latestOnly == true ? rows.Where(p => db.Set<Field>().Any(f => f.LatestProfileId == p.Id)) : rows;
    }

    private async Task<PageOf<FieldProfileView>> ShowAsync(IQueryable<FieldProfileRow> rows, Paging paging, CancellationToken cancel)
    {
        var page = await rows.ToPageAsync(paging, cancel);
        return page.With(await ShowAsync(page.Items, cancel));
    }

    /// <summary>Names of the fields whose values a profile may not tell; its own field may have had another name then.</summary>
    private async Task<Func<FieldProfileRow, IReadOnlySet<string>>> MaskedAsync(IReadOnlyList<FieldProfileRow> rows, CancellationToken cancel)
    {
        var containers = rows.Select(p => p.ContainerId).Distinct().ToArray();
        var masked = (await db.Set<Field>().Where(f => containers.Contains(f.ContainerId) && f.Status == FieldStatus.Masked).Select(f => new { f.ContainerId, f.Id, f.Name }).ToListAsync(cancel))
            .ToLookup(f => f.ContainerId);
        return row => masked[row.ContainerId].Select(f => f.Id == row.FieldId ? row.Name : f.Name).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<FieldProfileView>> ShowAsync(IReadOnlyList<FieldProfileRow> rows, CancellationToken cancel, bool reveal = false)
    {
        var profiles = rows.Select(p => p.ContainerProfileId).Distinct().ToArray();
        var siblings = (await db.Set<FieldProfileRow>().Where(p => profiles.Contains(p.ContainerProfileId)).Select(p => new { p.ContainerProfileId, p.Name, p.Id }).ToListAsync(cancel))
            .GroupBy(p => p.ContainerProfileId).ToDictionary(g => g.Key, g => g.DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Id, StringComparer.Ordinal));
        var masked = await MaskedAsync(rows, cancel);
        var counts = await FieldCounts.ReadAsync(db, rows, cancel);
        return [.. rows.Select(p => FieldProfileView.Of(p, siblings[p.ContainerProfileId], reveal ? new HashSet<string>() : masked(p)) with { QualityCheckCount = counts.Checks(p), AnomalyCount = counts.Anomalies(p) })];
    }
}

/// <summary>A field's profile in short, as the unpaged listing shows it.</summary>
internal sealed record FieldProfileStub(long Id, DateTime Created, string Name, string FieldType, long FieldId, long ContainerId);
