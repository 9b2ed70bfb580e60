using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Harness;

/// <summary>The executable itself in a process and a data folder of its own, for what only a whole process shows: how it starts, stops and dies.</summary>
public sealed partial class AssayProcess : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly bool ownFolder;

    private AssayProcess(string folder, bool ownFolder, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings)
    {
        DataFolder = folder;
        this.ownFolder = ownFolder;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "assay.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASSAY_DATA"] = folder, ["ASSAY_PORT"] = "0" },
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string DataFolder { get; }
    public int Id => process.Id;

    /// <summary>Both outputs so far, without the note of a first start.</summary>
    public string Output
    {
        get { lock (output) return output.ToString(); }
    }

    /// <param name="settings">ASSAY_* variables. Without ASSAY_DATA and ASSAY_PORT it gets a new folder and a free port.</param>
    public static AssayProcess Start(params IEnumerable<(string Name, string Value)> settings) => Run([], settings);

    public static AssayProcess Run(IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> settings) =>
        new(Path.Combine(Path.GetTempPath(), $"assay-process-{Guid.NewGuid():N}"), ownFolder: true, arguments, settings);

    /// <summary>Starts on a data folder that stays when the process is disposed of.</summary>
    public static AssayProcess StartIn(string folder, params IEnumerable<(string Name, string Value)> settings) => new(folder, ownFolder: false, [], settings);

    /// <summary>The URL, once the server is ready.</summary>
    public async Task<Uri> ReadyAsync()
    {
        var first = await Task.WhenAny(listening.Task, process.WaitForExitAsync(), Task.Delay(Patience));
        if (first != listening.Task) throw new Xunit.Sdk.XunitException($"The server did not come up:\n{Output}");
        var url = await listening.Task;
        using var http = new HttpClient { BaseAddress = url };
        using var health = await http.GetAsync("/api/health");
        health.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return url;
    }

    /// <summary>Sends a signal, such as <c>INT</c> for Ctrl-C.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The exit code, once the process has ended.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        if (ownFolder && Directory.Exists(DataFolder)) Directory.Delete(DataFolder, recursive: true);
    }

    private void Read(string? line)
    {
        if (line is null || line.StartsWith("First start:", StringComparison.Ordinal)) return;
        lock (output) output.AppendLine(line);
        if (Listening().Match(line) is { Success: true } match) listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"listens on (http://\S+);")]
    private static partial Regex Listening();
}
