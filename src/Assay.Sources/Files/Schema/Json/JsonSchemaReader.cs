using System.Text;
using Assay.Sources.Contract;
using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Listing;
using Assay.Sources.Files.Schema.Text;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Schema.Json;

/// <summary>
/// Samples the head of JSON files: one object per line, an array of objects, or a single object. The head grows until it holds
/// a whole record.
/// </summary>
internal sealed class JsonSchemaReader : ISchemaReader
{
    private const int SampleRecords = 1_000;
    private static readonly int[] SampleBytes = [512 * 1024, 16 * 1024 * 1024];

    public bool Reads(FormatFamily family) => family == FormatFamily.Json;

    public async Task<SchemaRead> ReadAsync(SourceTarget target, IFileStore store, FileGroup group, StoredFile file, FileChoice choice, CancellationToken cancel)
    {
        foreach (var size in SampleBytes)
        {
            var head = await FileHead.ReadAsync(store, file, size, cancel);
            if (head.Problem is not null) return SchemaRead.Broken(head.Problem);
            if (TextHead.Decode(head) is not { } text) return SchemaRead.Broken("The file holds binary data, not text.");
            // RFC 8259; nothing else is promised to be readable.
            if (text.Encoding != "utf-8") return SchemaRead.Broken($"JSON has to be in UTF-8, and this file is in {text.Encoding}.");
            var sample = JsonSample.Read(Encoding.UTF8.GetBytes(text.Text), text.Complete, SampleRecords);
            if (sample.Problem is not null) return SchemaRead.Broken(sample.Problem);
            if (sample.Records > 0)
                return SchemaRead.Of(new FileSchema(sample.Fields)
                {
                    JsonFormat = sample.Shape,
                    Encoding = text.Encoding,
                    Compression = head.Packed ? "gzip" : null,
                });
            if (text.Complete) return SchemaRead.Broken("The file holds no records.");
        }
        return SchemaRead.Broken($"The first record is longer than {SampleBytes[^1] / 1024 / 1024} MiB.");
    }
}
