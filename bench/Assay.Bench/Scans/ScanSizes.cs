using System.Globalization;

namespace Assay.Bench.Scans;

/// <param name="Cases">The letters of the cases to run.</param>
/// <param name="Anomalies">How many anomalies are stored.</param>
internal sealed record ScanSizes(string Cases, long ParquetRows, long PostgresRows, int Anomalies)
{
    public static ScanSizes Parse(string[] words)
    {
        var sizes = new ScanSizes("abc", 10_000_000, 3_000_000, 1_000_000);
        for (var i = 0; i + 1 < words.Length; i += 2)
            sizes = words[i] switch
            {
                "--cases" => sizes with { Cases = words[i + 1] },
                // One in so many of the usual rows, to try the benchmark out.
                "--divide" when int.Parse(words[i + 1], CultureInfo.InvariantCulture) is var by => sizes with { ParquetRows = sizes.ParquetRows / by, PostgresRows = sizes.PostgresRows / by, Anomalies = sizes.Anomalies / by },
                _ => throw new ArgumentException($"Unknown option {words[i]}"),
            };
        return sizes;
    }

    public bool Does(char letter) => Cases.Contains(letter, StringComparison.Ordinal);
}
