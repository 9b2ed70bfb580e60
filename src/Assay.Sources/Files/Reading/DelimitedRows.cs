using System.IO.Compression;
using Assay.Sources.Contract;
using Assay.Sources.Files.Schema.Text;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Reading;

/// <summary>Copies the records of delimited files, each with its own encoding, packing and order of columns.</summary>
internal static class DelimitedRows
{
    public static async Task CopyAsync(IFileStore store, ReadPlan plan, Dialect dialect, bool header, TextRowWriter writer, CancellationToken cancel)
    {
        foreach (var file in plan.Files)
        {
            if (writer.IsFull) return;
            var (sample, problem) = await DelimitedSample.ReadAsync(store, file, plan.File.Format, dialect, null, cancel);
            if (sample is null) throw Broken(plan, file, problem!);
            await using var raw = await store.OpenAsync(file.Key, 0, null, cancel);
            await using var content = sample.Head.Packed ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            using var text = new StreamReader(content, TextHead.EncodingOf(sample.Text.Encoding), detectEncodingFromByteOrderMarks: true);
            await CopyFileAsync(new RecordReader(text, dialect), plan, file, header, writer, cancel);
        }
    }

    private static async Task CopyFileAsync(RecordReader reader, ReadPlan plan, StoredFile file, bool header, TextRowWriter writer, CancellationToken cancel)
    {
        var cells = new List<Cell>();
        if (header && !await reader.ReadAsync(cells, cancel)) return;
        var names = header ? cells.Select(c => c.Text).ToList() : null;
        var columns = new RowColumns(plan, names);
        var row = new string?[plan.Chosen.Count];
        for (var record = header ? 2 : 1; !writer.IsFull && await reader.ReadAsync(cells, cancel); record++)
        {
            if (reader.EndedInQuotes) throw Broken(plan, file, $"The quote that is opened in record {record} never closes.");
            if (!columns.Fill(row, cells.Count, i => cells[i].IsNull ? null : cells[i].Text))
                throw Broken(plan, file, $"Record {record} has {cells.Count} cells, more than there are fields.");
            await writer.WriteAsync(row, plan.PartitionOf(file), cancel);
        }
    }

    private static SourceException Broken(ReadPlan plan, StoredFile file, string problem) =>
        new(new SourceFault(SourceFaultCode.SourceError, FileSteps.Read, $"{plan.PartitionOf(file)}: {problem}"));
}
