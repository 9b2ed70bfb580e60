using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Assay.Testing.Npm;

/// <summary>
/// A server written for Node.js. It ends with this object, and also with this process however that ends: its standard input is
/// a pipe from here, and the script exits once that closes.
/// </summary>
internal sealed partial class NodeServer : IAsyncDisposable
{
    private const string ExitWithParent = "data:text/javascript,process.stdin.on('end',()=>process.exit());process.stdin.resume();";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private NodeServer(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    /// <param name="arguments">For node: options, then a script. The server has to write its address once it listens: <c>http://host:port</c>.</param>
    public static async Task<NodeServer> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", ["--import", ExitWithParent, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = NpmPackages.Folder,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(StartLimit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (!Address().IsMatch(line)) continue;
            // The server goes on talking; unread output would fill the pipe and stop it.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new NodeServer(process, int.Parse(Address().Match(line).Groups[1].Value));
        }
        throw new InvalidOperationException($"The server did not start: {await errors}");
    }

    [GeneratedRegex(@"http://[^:/]+:([1-9]\d*)")]
    private static partial Regex Address();

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
