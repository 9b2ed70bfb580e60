using Assay.Sources.Contract;
using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Listing;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Schema.Excel;

/// <summary>Samples the first visible sheet of a workbook. The format keeps its directory at the end, so the file is fetched whole.</summary>
internal sealed class WorkbookSchemaReader : ISchemaReader
{
    private const int SampleRecords = 1_000;

    public bool Reads(FormatFamily family) => family == FormatFamily.Workbook;

    public async Task<SchemaRead> ReadAsync(SourceTarget target, IFileStore store, FileGroup group, StoredFile file, FileChoice choice, CancellationToken cancel)
    {
        if (file.Size > Workbook.LargestFile)
            return SchemaRead.Broken($"The workbook has {file.Size / 1024 / 1024} MiB; up to {Workbook.LargestFile / 1024 / 1024} MiB are read.");
        await using var local = await Workbook.FetchAsync(store, file, cancel);
        using var rows = Workbook.OpenRows(local, out var problem);
        if (rows is null) return SchemaRead.Broken(problem!);
        var sample = new List<IReadOnlyList<(string, Values.ValueKind)>>();
        while (sample.Count < SampleRecords && rows.Read() is { } row)
        {
            cancel.ThrowIfCancellationRequested();
            sample.Add([.. row.Select(cell => (cell.Text, cell.Kind))]);
        }
        if (rows.Problem is not null) return SchemaRead.Broken(rows.Problem);
        return sample.Count == 0
            ? SchemaRead.Broken("The first sheet of the workbook holds no rows.")
            : SchemaRead.Of(RowsSchema.Infer(sample, choice), rows.OtherSheets);
    }
}
