using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Schema.Text;

/// <summary>The beginning of a delimited file: how it is written, and its first records.</summary>
internal sealed record DelimitedSample(FileHead Head, TextHead Text, Dialect Dialect, IReadOnlyList<IReadOnlyList<Cell>> Records)
{
    private const int Bytes = 256 * 1024;
    private const int MostRecords = 1_000;

    /// <param name="given">The dialect where it is known; null to find it out.</param>
    /// <param name="escape">What escapes quotes, where only that is known of the dialect.</param>
    /// <returns>The sample, or why there is none in plain words.</returns>
    public static async Task<(DelimitedSample? Sample, string? Problem)> ReadAsync(
        IFileStore store, StoredFile file, string format, Dialect? given, char? escape, CancellationToken cancel)
    {
        var head = await FileHead.ReadAsync(store, file, Bytes, cancel);
        if (head.Problem is not null) return (null, head.Problem);
        if (TextHead.Decode(head) is not { } text) return (null, "The file holds binary data, not text.");
        var dialect = given ?? await DialectSniffer.SniffAsync(format, text, escape, cancel);
        var sampled = await SampledRecords.ReadAsync(text, dialect, MostRecords, cancel);
        if (sampled.OpenQuote) return (null, $"A quote is opened in or after record {sampled.Records.Count + 1} and never closed.");
        if (sampled.Records.Count == 0) return (null, text.Complete ? "The file holds no records." : $"The first record is longer than {Bytes / 1024} KiB.");
        return (new DelimitedSample(head, text, dialect, sampled.Records), null);
    }
}
