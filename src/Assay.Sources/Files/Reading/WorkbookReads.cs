using Assay.Sources.Contract;
using Assay.Sources.Files.Schema.Excel;
using Assay.Sources.Files.Stores;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>Workbooks: the engine knows none, so the first visible sheet's rows are streamed to it.</summary>
internal static class WorkbookReads
{
    public static EngineSource Describe(Func<OpenedStore> reopen, ReadPlan plan) => StagedRows.Of(plan, async (writer, cancel) =>
    {
        using var opened = reopen();
        foreach (var file in plan.Files)
        {
            if (writer.IsFull) return;
            await CopyAsync(opened.Store, plan, file, writer, cancel);
        }
    });

    private static async Task CopyAsync(IFileStore store, ReadPlan plan, StoredFile file, TextRowWriter writer, CancellationToken cancel)
    {
        await using var local = await Workbook.FetchAsync(store, file, cancel);
        using var rows = Workbook.OpenRows(local, out var problem);
        if (rows is null) throw Broken(plan, file, problem!);
        IReadOnlyList<string>? names = null;
        var header = plan.File.HasHeader ?? true;
        RowColumns? columns = null;
        var row = new string?[plan.Chosen.Count];
        while (!writer.IsFull && rows.Read() is { } cells)
        {
            if (header && names is null)
            {
                names = [.. cells.Select(c => c.Text)];
                continue;
            }
            columns ??= new RowColumns(plan, names);
            if (!columns.Fill(row, cells.Length, i => cells[i].Kind == Schema.Values.ValueKind.Null ? null : cells[i].Text))
                throw Broken(plan, file, "A row has more cells than there are fields.");
            await writer.WriteAsync(row, plan.PartitionOf(file), cancel);
        }
        if (rows.Problem is not null) throw Broken(plan, file, rows.Problem);
    }

    private static SourceException Broken(ReadPlan plan, StoredFile file, string problem) =>
        new(new SourceFault(SourceFaultCode.SourceError, FileSteps.Read, $"{plan.PartitionOf(file)}: {problem}"));
}
