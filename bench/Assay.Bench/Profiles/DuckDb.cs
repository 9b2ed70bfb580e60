using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Assay.Testing;

namespace Assay.Bench.Profiles;

/// <summary>DuckDB's SUMMARIZE of a Parquet file, for comparison. It gives fewer figures: count, distinct values, bounds, mean, deviation and quartiles.</summary>
internal static class DuckDb
{
    private static readonly string Folder = Path.Combine(Repository.Folder, "npm", "bench");

    /// <summary>Prints how it compares with a profile of the same file that took so many seconds.</summary>
    public static async Task CompareAsync(string file, int threads, double profile)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            Console.WriteLine("  DuckDB is not installed: scripts/install-npm npm/bench");
            return;
        }
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "summarize.mjs"), file, .. new[] { threads, ProfileRuns.Warming + ProfileRuns.Rounds }.Select(n => n.ToString(CultureInfo.InvariantCulture))]) { RedirectStandardOutput = true })!;
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        if (node.ExitCode != 0) throw new InvalidOperationException("DuckDB failed.");
        var seconds = ProfileRuns.Median(JsonSerializer.Deserialize<List<double>>(output)![ProfileRuns.Warming..]);
        Console.WriteLine($"  DuckDB's SUMMARIZE: {seconds:F2} s, {seconds / profile:F1} times as long");
    }
}
