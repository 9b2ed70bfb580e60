using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Bench.Load;

/// <summary>Bounded load by <c>wrk</c> on a loopback address.</summary>
internal static partial class Wrk
{
    /// <param name="path">A path, in which <c>{id}</c> stands for a number that goes round.</param>
    public static async Task<Measured> RunAsync(Uri server, string path, string? token, (long From, long To) ids, Options options, int? seconds = null)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, $$"""
                local id = {{ids.From}}
                wrk.headers["Authorization"] = "Bearer {{token}}"
                request = function()
                  id = id + 7919
                  if id > {{ids.To}} then id = {{ids.From}} + id % 7919 end
                  return wrk.format(nil, (string.gsub("{{path}}", "{id}", id)))
                end
                done = function(summary, latency)
                  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), summary.errors.status))
                end
                """);
            var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
            foreach (var word in new[] { "-t1", $"-c{options.Clients}", $"-d{seconds ?? options.Seconds}s", "-s", script, server.ToString() }) start.ArgumentList.Add(word);
            using var process = Process.Start(start) ?? throw new InvalidOperationException("wrk is needed (Debian's package).");
            var output = await process.StandardOutput.ReadToEndAsync();
            var figures = Result().Match(output).Groups.Values.Skip(1).Select(g => double.Parse(g.Value, CultureInfo.InvariantCulture)).ToArray();
            if (figures is not [var requests, var duration, var median, var p99, 0]) throw new InvalidOperationException($"{path} was not answered with 200: {output}");
            return new Measured(requests / (duration / 1e6), median / 1000, p99 / 1000);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [GeneratedRegex(@"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)")]
    private static partial Regex Result();
}
