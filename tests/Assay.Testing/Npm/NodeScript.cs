using System.Diagnostics;
using System.Text.Json;

namespace Assay.Testing.Npm;

/// <summary>Runs a script of <c>npm/tests/clients</c>: a vendor's own client against a stand-in for that vendor.</summary>
public static class NodeScript
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <param name="arguments">Handed over as one JSON object, on standard input, so that secrets show in no list of processes.</param>
    /// <returns>What the script wrote to its output, as JSON.</returns>
    public static async Task<JsonElement> RunAsync(string script, object arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Folder, "npm", "tests", "clients", script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        using var limit = new CancellationTokenSource(Limit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(arguments));
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new InvalidOperationException($"{script} did not end within {Limit.TotalSeconds:0} s.\n{await output}\n{await errors}");
        }
        // Clients may write lines of their own before the answer.
        var last = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return process.ExitCode == 0 && last is not null
            ? JsonDocument.Parse(last).RootElement.Clone()
            : throw new InvalidOperationException($"{script} failed.\n{await output}\n{await errors}");
    }
}
