using System.Text.Json;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Fields.Computed;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers.Computed;

/// <summary>Masks the fields of computed containers that show what is masked in the containers that they read. Works in the caller's transaction.</summary>
internal sealed class MaskedDescent(AssayDb db, ComputedLineage lineage, FieldHistory history, ComputedFieldFate computed)
{
    /// <summary>After a field of this container became masked: what reads it follows, and what reads that.</summary>
    public async Task FollowAsync(long containerId, Caller caller, CancellationToken cancel)
    {
        var waiting = new Queue<long>([containerId]);
        while (waiting.TryDequeue(out var id))
            foreach (var reader in await ReadersAsync(id, cancel))
                if (await ApplyAsync(reader, caller, cancel)) waiting.Enqueue(reader.Id);
    }

    /// <summary>Masks what a computed container may not show.</summary>
    /// <returns>Whether anything was not masked before.</returns>
    public async Task<bool> ApplyAsync(Container container, Caller caller, CancellationToken cancel)
    {
        var masked = await lineage.OfAsync(ComputedDefinition.Parse(container.Definition!), container.DatastoreId, cancel);
        var shown = await db.Set<Field>().Where(f => f.ContainerId == container.Id && f.ComputedFieldId == null && f.Status == FieldStatus.Active).ToListAsync(cancel);
        shown = shown.FindAll(f => masked.Has(f.Name));
        foreach (var field in shown)
        {
            var before = FieldHistory.Of(field);
            field.Status = FieldStatus.Masked;
            await computed.FollowAsync(field, caller, cancel);
            history.Changed(before, field, null, caller);
        }
        if (shown.Count > 0) await ForgetAsync(container.Id, [.. shown.Select(f => f.Name)], cancel);
        await db.SaveChangesAsync(cancel);
        return shown.Count > 0;
    }

    /// <summary>Whether the values of a field are masked because of where they come from.</summary>
    public async Task<bool> HasAsync(Field field, CancellationToken cancel) => (await OfAsync(field, cancel)).Has(field.Name);

    /// <returns>Null where the field may take this state.</returns>
    public async Task<Failure?> RefuseAsync(Field field, string status, CancellationToken cancel) =>
        status == FieldStatus.Active && await OfAsync(field, cancel) is { IsCertain: true } masked && masked.Has(field.Name)
            ? Failure.Conflict($"Field id: {field.Id} shows values that are masked in a container that this one is computed from; unmask them there") : null;

    private async Task<MaskedColumns> OfAsync(Field field, CancellationToken cancel) =>
        field.ComputedFieldId is null && await db.Set<Container>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == field.ContainerId && c.Definition != null, cancel) is { } container
            ? await lineage.OfAsync(ComputedDefinition.Parse(container.Definition!), container.DatastoreId, cancel) : MaskedColumns.None;

    private async Task<List<Container>> ReadersAsync(long containerId, CancellationToken cancel)
    {
        var source = await db.Set<Container>().AsNoTracking().SingleAsync(c => c.Id == containerId, cancel);
        var beside = db.Set<Datastore>().Where(d => d.ConnectionId == db.Set<Datastore>().Where(s => s.Id == source.DatastoreId).Select(s => s.ConnectionId).First()).Select(d => d.Id);
        var besides = await beside.ToListAsync(cancel);
        var all = await db.Set<Container>().AsNoTracking().Where(c => c.Definition != null && c.DeletedAt == null).ToListAsync(cancel);
        return all.FindAll(c => ComputedDefinition.Parse(c.Definition!) is var from && (from.IsNative
            ? besides.Contains(c.DatastoreId) && ComputedLineage.Mentions(from.Query!, source.Name) : from.Inputs.Contains(containerId)));
    }

    /// <summary>A masked field can neither be grouped by nor be read on from.</summary>
    private async Task ForgetAsync(long containerId, HashSet<string> names, CancellationToken cancel)
    {
        var row = await db.Set<Container>().SingleAsync(c => c.Id == containerId, cancel);
        if (row.PartitionField is { } partition && names.Contains(partition)) row.PartitionField = null;
        if (row.IncrementalFieldName is { } incremental && names.Contains(incremental)) (row.IncrementalFieldName, row.IncrementalIdentifierType) = (null, null);
        if (row.GroupByFields is not { } json) return;
        var left = JsonSerializer.Deserialize<List<List<string>>>(json)!.FindAll(g => !g.Exists(names.Contains));
        row.GroupByFields = left.Count == 0 ? null : JsonSerializer.Serialize(left);
    }
}
