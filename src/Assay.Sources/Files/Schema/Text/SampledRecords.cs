namespace Assay.Sources.Files.Schema.Text;

/// <summary>The first records of a text.</summary>
/// <param name="OpenQuote">The text is complete and yet ended within quotes.</param>
internal sealed record SampledRecords(IReadOnlyList<IReadOnlyList<Cell>> Records, bool OpenQuote)
{
    /// <summary>Reads up to so many records; of a text that was cut off, the last one is left out, for it may be half.</summary>
    public static async Task<SampledRecords> ReadAsync(TextHead head, Dialect dialect, int most, CancellationToken cancel)
    {
        var reader = new RecordReader(new StringReader(head.Text), dialect);
        var records = new List<IReadOnlyList<Cell>>();
        var cells = new List<Cell>();
        while (records.Count < most && await reader.ReadAsync(cells, cancel))
        {
            if (reader.EndedInQuotes && head.Complete) return new SampledRecords(records, true);
            if (reader.EndedWithText && !head.Complete) break;
            records.Add([.. cells]);
        }
        return new SampledRecords(records, false);
    }
}
