using System.Globalization;

namespace Assay.Bench;

/// <param name="Stores">Which metadata stores: sqlite, postgres or both.</param>
/// <param name="Count">Datastores, containers for the purge, anomalous rows for the evidence, rows to copy, tables for the sync or schemas to onboard; each has a default of its own.</param>
/// <param name="Seconds">How long each case is under load.</param>
/// <param name="Clients">Requests under way at a time.</param>
internal sealed record Options(IReadOnlyList<string> Stores, int Count, int Seconds, int Clients)
{
    public static Options Parse(string[] words)
    {
        var options = new Options(["sqlite", "postgres"], 100_000, 5, 16);
        for (var i = 0; i + 1 < words.Length; i += 2)
            options = words[i] switch
            {
                "--store" => options with { Stores = [words[i + 1]] },
                "--count" => options with { Count = int.Parse(words[i + 1], CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = int.Parse(words[i + 1], CultureInfo.InvariantCulture) },
                "--clients" => options with { Clients = int.Parse(words[i + 1], CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"Unknown option {words[i]}"),
            };
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("assay-bench read | profile [--cases abcde] [--divide N] | scan [--cases abc] [--divide N] | datastores|evidence|materialize|onboard|purge|sync [--store sqlite|postgres] [--count N] [--seconds N] [--clients N]");
        return 2;
    }
}
