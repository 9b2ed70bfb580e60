using Assay.Sources.Contract;
using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Listing;
using Assay.Sources.Files.Schema.Values;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Schema.Text;

/// <summary>Samples the head of CSV and its kin: encoding, delimiter, header, and the types of up to 1,000 records.</summary>
internal sealed class DelimitedSchemaReader : ISchemaReader
{
    public bool Reads(FormatFamily family) => family == FormatFamily.Delimited;

    public async Task<SchemaRead> ReadAsync(SourceTarget target, IFileStore store, FileGroup group, StoredFile file, FileChoice choice, CancellationToken cancel)
    {
        var (sample, problem) = await DelimitedSample.ReadAsync(store, file, group.Format.Name, null, choice.EscapeCharacter, cancel);
        if (sample is null) return SchemaRead.Broken(problem!);
        var rows = sample.Records.Select(r => r.Select(c => (c.Text, KindOf(c))).ToList()).ToList();
        return SchemaRead.Of(RowsSchema.Infer(rows, choice) with
        {
            Delimiter = sample.Dialect.Delimiter.ToString(),
            EscapeCharacter = sample.Dialect.Escape.ToString(),
            Encoding = sample.Text.Encoding,
            Compression = sample.Head.Packed ? "gzip" : null,
        });
    }

    private static ValueKind KindOf(Cell cell) => cell.IsNull ? ValueKind.Null : cell is { Quoted: true, Text: "" } ? ValueKind.Text : ValueReader.KindOf(cell.Text);
}
