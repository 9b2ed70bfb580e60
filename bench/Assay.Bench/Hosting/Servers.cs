using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Assay.Server.Startup;
using Assay.Testing.Postgres;

namespace Assay.Bench.Hosting;

/// <summary>A store with an Assay on it, each in a process of its own.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly List<Process> processes = [];
    private PostgresServer? postgres;

    public string Folder { get; } = Directory.CreateTempSubdirectory("assay-bench-").FullName;
    /// <summary>Empty for SQLite.</summary>
    public string Database { get; private set; } = "";
    public Uri Assay { get; private set; } = null!;
    public string AdminToken { get; private set; } = "";
    public Process AssayProcess { get; private set; } = null!;
    /// <summary>Bytes of memory that Assay holds at this moment, without the engine.</summary>
    public long Resident
    {
        get
        {
            AssayProcess.Refresh();
            return AssayProcess.WorkingSet64;
        }
    }

    public static async Task<Servers> StartAsync(string store)
    {
        var servers = new Servers();
        if (store == "postgres")
        {
            servers.postgres = await PostgresServer.StartNewAsync();
            servers.Database = servers.postgres.UrlFor(await servers.postgres.CreateDatabaseAsync("assay"));
        }
        await servers.StartAssayAsync();
        return servers;
    }

    /// <summary>A client that speaks to Assay as its administrator.</summary>
    public HttpClient AdminClient()
    {
        var http = new HttpClient { BaseAddress = Assay, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        return http;
    }

    public async Task StartAssayAsync()
    {
        (AssayProcess, Assay) = await StartProcessAsync("serve-assay", "/api/health");
        AdminToken = await File.ReadAllTextAsync(Path.Combine(Folder, "admin.token"));
    }

    public async Task<Uri> StartBareAsync() => (await StartProcessAsync("serve-bare", "/one/1")).Url;

    public async Task StopAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
        processes.Remove(process);
    }

    /// <summary>The Assay of this build, quiet.</summary>
    public static async Task<int> ServeAssayAsync(string[] words)
    {
        await using var app = await AssayApplication.BuildAsync(["--Logging:LogLevel:Default=Warning"], settings =>
            (settings.Port, settings.Data, settings.Database) = (int.Parse(words[0]), words[1], words[2]));
        await app.RunAsync();
        return 0;
    }

    private async Task<(Process Process, Uri Url)> StartProcessAsync(string kind, string ready)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var word in new[] { kind, $"{port}", Folder, Database }) start.ArgumentList.Add(word);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        processes.Add(process);
        var url = new Uri($"http://127.0.0.1:{port}");
        using var http = new HttpClient { BaseAddress = url };
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ;)
        {
            try
            {
                await http.GetAsync(ready);
                return (process, url);
            }
            catch (HttpRequestException) when (DateTime.UtcNow < deadline && !process.HasExited) { await Task.Delay(100); }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes.ToArray()) await StopAsync(process);
        if (postgres is not null) await postgres.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
