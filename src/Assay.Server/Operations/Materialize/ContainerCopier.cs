using Assay.Engine;
using Assay.Server.Enrichment;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Fields;
using Assay.Server.Masking;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Running;
using Assay.Server.Reading;
using Assay.Server.Store;
using Assay.Sources.Contract;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Materialize;

/// <summary>Copies one container: from its source through the engine into a table that then holds its rows and no others.</summary>
internal sealed class ContainerCopier(
    ContainerReader reader, EnrichmentStores stores, WrittenTables tables, MaterializeTargets targets, CopyStore copies, IDbContextFactory<AssayDb> contexts, IEngine engine, TimeProvider clock)
{
    public async Task<CopiedPart> RunAsync(
        OperationRun run, TargetContainer target, EnrichmentPlace place, MaterializeSettings settings, DateTime started, Action<long> arrived, CancellationToken cancel)
    {
        if (await reader.FindAsync(target.Id, cancel) is not { } stored) return new CopiedPart(target.Name, 0, "The container was deleted.");
        if (stored.Readable.Count == 0) throw Fault("It has no field that may be read; a sync or a profile finds fields.");
        var shown = await ShownAsync(run, stored, settings, cancel);
        var table = place.Table(CopyName.Of(place.Prefix, stored.Row.Name, stored.Row.Id, await targets.IsAloneAsync(stored.Row, cancel)));
        var job = new CopyJob(run, stored, place, table, shown, settings.MaxRecordsPerPartition, started, arrived);
        var records = await engine.RetryOnceAsync((_, stop) => TypedAsync(job, stop), cancel);
        return new CopiedPart(target.Name, records, null);
    }

    /// <summary>The fields whose values are copied. That masked ones are among them is written down first.</summary>
    private async Task<IReadOnlyList<Field>> ShownAsync(OperationRun run, StoredContainer stored, MaterializeSettings settings, CancellationToken cancel)
    {
        var masked = stored.Readable.Where(f => f.Status == FieldStatus.Masked).Select(f => f.Name).ToList();
        if (masked.Count == 0) return stored.Readable;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (!settings.IncludeMasked || run.TriggeredById is not { } user || (await ForeignInputs.OfAsync(db, run.DatastoreId, [stored.Row.Id], cancel)).Count > 0)
            return [.. stored.Readable.Where(f => f.Status != FieldStatus.Masked)];
        await new MaskingAudit(db, clock).NoteAsync(MaskingReveal.Container, stored.Row.Id, MaskingReveal.Materialize, masked, user, cancel);
        return stored.Readable;
    }

    // A file whose values are not all of the inferred types is copied as it is written.
    private async Task<long> TypedAsync(CopyJob job, CancellationToken cancel)
    {
        using var hold = engine.Hold();
        try
        {
            return await CopyAsync(job, false, cancel);
        }
        catch (EngineException problem) when (problem.Fault is EngineFault.BadData or EngineFault.BadType && job.Stored.IsSchemaless)
        {
            return await CopyAsync(job, true, cancel);
        }
    }

    private async Task<long> CopyAsync(CopyJob job, bool text, CancellationToken cancel)
    {
        await using var rows = await CopiedRows.OpenAsync(reader, engine, job.Stored, job.Shown, job.Most, text, new CountedRows(job.Arrived), cancel);
        var (shape, isKnown, isOther) = await CompareAsync(job, rows, cancel);
        // A table of other columns gives way to a new one; that its rows can be read at all is known before.
        if (isOther) await rows.StageAsync(engine, cancel);
        var columns = CopiedShape.ToJson(shape.Columns);
        await copies.SaveAsync(job.Run, job.Copy(OperationResult.Running, isKnown ? columns : null), cancel);
        var records = await WriteAsync(job, rows, shape, isOther, cancel);
        await copies.SaveAsync(job.Run, job.Copy(OperationResult.Success, columns, records, clock.UtcNow()), cancel);
        return records;
    }

    /// <summary>The table to write, and whether it is known to have these columns, or to have others. Neither where it has not been written yet, and for folders of files, which have none of their own.</summary>
    private async Task<(TableShape Shape, bool IsKnown, bool IsOther)> CompareAsync(CopyJob job, CopiedRows rows, CancellationToken cancel)
    {
        IReadOnlyList<TableColumn> wanted = [.. rows.Columns.Select(c => c.Column)];
        var known = await copies.FindAsync(job.Stored.Row.Id, cancel);
        if (known?.StoreId != job.Place.Store.Id || known.TableName != job.Table) return (new TableShape(job.Table, wanted), false, false);
        var columns = CopiedShape.Fitting(wanted, known.Columns);
        var same = CopiedShape.ToJson(columns) == known.Columns;
        return (new TableShape(job.Table, columns), same, !same && job.Place.Store.StoreType != "dfs");
    }

    private async Task<long> WriteAsync(CopyJob job, CopiedRows rows, TableShape shape, bool anew, CancellationToken cancel)
    {
        await using var writer = await stores.OpenWriterAsync(job.Place.Store, cancel);
        if (anew)
        {
            await writer.DropAsync(job.Table, cancel);
            await tables.ForgetAsync(job.Place.Store.Id, [job.Table], cancel);
        }
        await tables.NoteAsync(job.Place.Store.Id, new TableOwner(job.Place.Source.Id, job.Stored.Row.Id, job.Stored.Row.Name, job.IsRevealed), shape, cancel);
        await writer.PrepareAsync(shape, cancel);
        var counted = new CountedRows(job.Arrived);
        await writer.ReplaceAsync(shape, $"materialize-{job.Run.Id}", RowBatch.Of(new WatchedEngine(engine, counted), rows.Select, rows.Rows.Bind), cancel);
        await tables.NoteReplacedAsync(job.Place.Store.Id, job.Table, job.IsRevealed, cancel);
        // Files are written by the engine itself, and what an earlier attempt has written is not read again.
        return counted.Rows ?? await engine.ScalarAsync<long>(rows.Rows.Query($"SELECT toInt64(count()) FROM ({rows.Sql})"), cancel);
    }

    private static SourceException Fault(string words) => new(new SourceFault(SourceFaultCode.Unsupported, "read rows", words));

    private sealed record CopyJob(OperationRun Run, StoredContainer Stored, EnrichmentPlace Place, string Table, IReadOnlyList<Field> Shown, long Most, DateTime Started, Action<long> Arrived)
    {
        public bool IsRevealed => Shown.Any(f => f.Status == FieldStatus.Masked);

        public ContainerCopy Copy(string result, string? columns, long records = 0, DateTime? ended = null) => new()
        {
            ContainerId = Stored.Row.Id,
            StoreId = Place.Store.Id,
            TableName = Table,
            Columns = columns,
            RecordsProcessed = records,
            Result = result,
            StartTime = Started,
            EndTime = ended,
        };
    }
}
