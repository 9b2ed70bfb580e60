using System.Text.Json.Nodes;
using Assay.Engine;
using Assay.Quality.Grouping;
using Assay.Quality.Scanning;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Reading;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers.Preview;

/// <summary>Shows rows of a container as its source has them now, computed fields among them. Without a filter or an order the limit is the source's work.</summary>
internal sealed class ContainerPreview(AssayDb db, ContainerReader reader, MaskingAudit audit, IEngine engine, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    public async Task<Outcome<PreviewView>> ReadAsync(long id, PreviewQuery wish, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<Container>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } container) return Failure.NotFound("Container", id);
        if (container.DeletedAt is not null) return Failure.Conflict($"Container id: {id} is deleted; there is nothing to read");
        if (await reader.FindAsync(id, cancel) is not { } stored) return Failure.NotFound("Container", id);
        if (stored.Readable.Count == 0) return Failure.Conflict(container.Problem is { } problem ? $"Container id: {id} could not be read at the last sync: {problem}" : $"The fields of container id: {id} are not known; run a sync first");
        if (!reader.CanRead(stored.Datastore)) return Failure.Conflict($"Rows of {stored.Datastore.Type} datastores cannot be read");
        // A masked value is not even asked for, nor may a condition or an order tell it.
        var shown = stored.Readable.Where(f => wish.IncludeMasked || f.Status != FieldStatus.Masked).ToList();
        if (!PreviewOrder.Of(wish.SortColumns, shown).Try(out var order, out var wrong)) return wrong;
        if (wish.IncludeMasked) await audit.NoteAsync(MaskingReveal.Container, id, MaskingReveal.View, [.. shown.Where(f => f.Status == FieldStatus.Masked).Select(f => f.Name)], caller, cancel);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            var columns = shown.Count > 0 ? shown.ConvertAll(f => f.Name) : [stored.Readable[0].Name];
            var read = new PreviewRead(columns, string.IsNullOrWhiteSpace(wish.Filter) ? null : wish.Filter, order, wish.Limit);
            if (!(await RowsAsync(stored, read, patience.Token)).Try(out var rows, out var refused)) return refused;
            return new PreviewView(id, [.. stored.Readable.Select(f => new PreviewField(f.Name, f.Type))], [.. rows.Select(row => Row(stored.Readable, shown, row))]);
        }
        catch (Exception fault) when (fault is SourceException or ClauseException)
        {
            return Failure.Unreachable(ReadProblem.Of(fault));
        }
        catch (EngineException fault)
        {
            return ReadFaults.Of(fault);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failure.Unreachable($"read rows: the source did not answer within {Patience.TotalSeconds} seconds.");
        }
    }

    private async Task<Outcome<IReadOnlyList<EngineRow>>> RowsAsync(StoredContainer stored, PreviewRead wanted, CancellationToken cancel)
    {
        try
        {
            return await OnceAsync(stored, wanted, false, cancel);
        }
        // A file whose values are not all of the inferred types is shown as it is written.
        catch (EngineException problem) when (problem.Fault is EngineFault.BadData or EngineFault.BadType && stored.IsSchemaless)
        {
            return await OnceAsync(stored, wanted, true, cancel);
        }
    }

    private async Task<Outcome<IReadOnlyList<EngineRow>>> OnceAsync(StoredContainer stored, PreviewRead wanted, bool text, CancellationToken cancel)
    {
        await using var rows = await reader.OpenAsync(stored, read => read with { Columns = wanted.Columns, RowLimit = wanted.IsPlain ? wanted.Limit : null, Text = text }, cancel);
        var condition = "1";
        if (wanted.Filter is { } filter)
        {
            var relation = new Relation(stored.Row.Name, rows.Sql) { Bind = rows.Bind, Fields = [.. stored.Readable.Where(f => wanted.Columns.Contains(f.Name)).Select(f => StoredContainer.Typed(f))] };
            var written = await FilteredRows.OfAsync(engine, relation, [.. wanted.Columns], filter, clock.GetUtcNow(), cancel);
            if (written.Fault is { } fault) return Failure.Invalid(FieldError.InQuery("filter", fault.ToString(), "expression_error"));
            condition = written.Condition;
        }
        return Outcome.Of(await engine.ListAsync(rows.Query($"SELECT * FROM ({rows.Sql}) WHERE {condition}{wanted.Order} LIMIT {wanted.Limit}"), cancel));
    }

    private static JsonObject Row(IReadOnlyList<Field> fields, IReadOnlyList<Field> shown, EngineRow row) => new(fields.Select(f =>
        KeyValuePair.Create(f.Name, shown.Contains(f) ? CellJson.Of(row[f.Name]) : JsonValue.Create(Mask.Text))));
}

/// <summary>What a preview reads.</summary>
internal sealed record PreviewRead(IReadOnlyList<string> Columns, string? Filter, string Order, int Limit)
{
    /// <summary>Whether any rows will do, so that the source need not give them all.</summary>
    public bool IsPlain => Filter is null && Order.Length == 0;
}
