using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Assay.Engine.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Engine.Supervision;

/// <summary>One life of the child process, and the way to talk to it.</summary>
internal sealed class EngineProcess : Endpoint, IAsyncDisposable
{
    private const string Ready = "READY ";
    private const int SignalBase = 128;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DeathIsNoticedWithin = TimeSpan.FromSeconds(3);

    // Text in JSON columns: the binary form of their values is not fixed.
    private static readonly ImmutableDictionary<string, string> Settings =
        ImmutableDictionary<string, string>.Empty.Add("output_format_binary_write_json_as_string", "1");

    private readonly Process _process;
    private readonly Task<int> _exitCode;
    private readonly CancellationTokenSource _gone = new();
    private bool _stopping;

    private EngineProcess(Process process, HttpClient http)
    {
        (_process, Http, Id) = (process, http, process.Id);
        _exitCode = ExitCodeAsync(process);
        _ = _exitCode.ContinueWith(_ => _gone.Cancel(), TaskScheduler.Default);
    }

    internal override HttpClient Http { get; }

    internal override CancellationToken Gone => _gone.Token;

    internal override bool StopsWhenAbandoned => true;

    internal int Id { get; }

    internal bool IsDead => _exitCode.IsCompleted;

    internal Task Exited => _exitCode;

    internal static async Task<EngineProcess> StartAsync(EngineOptions options, ILogger logger, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(EngineFiles.FindHost(options))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                $"--library={EngineFiles.FindLibrary(options)}",
                $"--temp={options.TempFolder}",
                $"--memory={options.MemoryBytes}",
                $"--threads={options.Threads}",
            },
        };
        ChildEnvironment.Reduce(start.Environment);
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => Log(logger, line.Data);
        process.BeginErrorReadLine();
        try
        {
            var secret = RandomNumberGenerator.GetHexString(64);
            await process.StandardInput.WriteLineAsync(secret);
            await process.StandardInput.FlushAsync(cancellation);
            var address = await ReadAddressAsync(process, cancellation);
            // What nobody reads would stop the child once the pipe is full.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new EngineProcess(process, Client(address, secret));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>The library gives statements ids of its own; the child keeps ours in the comment.</summary>
    internal override string Finding(string queryId) => $"Settings['log_comment'] = {EngineLiteral.Quote(queryId)}";

    internal override Task<ImmutableDictionary<string, string>> SettingsAsync(CancellationToken cancellation) => Task.FromResult(Settings);

    internal override async Task<EngineException> ExplainAsync(Exception broken)
    {
        try
        {
            // The connection breaks a moment before the process is gone.
            var code = await _exitCode.WaitAsync(DeathIsNoticedWithin);
            var end = _stopping ? "was stopped" : code > SignalBase ? $"was ended by signal {code - SignalBase}" : $"ended with code {code}";
            return new EngineException(EngineFault.EngineDied, $"The engine's process {end} while the statement ran. It is started again for the next one.", inner: broken);
        }
        catch (TimeoutException)
        {
            return new EngineException(EngineFault.EngineDied, "The connection to the engine broke while the statement ran.", inner: broken);
        }
    }

    internal void Kill() => _process.Kill();

    /// <summary>Asks the child to end, then makes it.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        try
        {
            _process.StandardInput.Close();
            await Exited.WaitAsync(StopLimit);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            _process.Kill();
            await Exited;
        }

        Http.Dispose();
        _process.Dispose();
    }

    private static async Task<int> ExitCodeAsync(Process process)
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task<string> ReadAddressAsync(Process process, CancellationToken cancellation)
    {
        string? line;
        try
        {
            line = await process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(StartLimit, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new EngineException(EngineFault.EngineUnavailable, $"The engine's process did not get ready within {StartLimit.TotalSeconds} seconds.", inner: e);
        }

        return line?.StartsWith(Ready, StringComparison.Ordinal) == true
            ? line[Ready.Length..]
            : throw new EngineException(EngineFault.EngineUnavailable, "The engine's process ended while it started; its messages are in the log.");
    }

    private static HttpClient Client(string address, string secret)
    {
        var handler = new SocketsHttpHandler();
        var port = int.TryParse(address, out var number) ? number : 0;
        if (port == 0)
            handler.ConnectCallback = (_, cancellation) => ConnectAsync(address, cancellation);
        var client = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{(port == 0 ? 80 : port)}"), Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Add("X-ClickHouse-Key", secret);
        return client;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Log(ILogger logger, string? line)
    {
        if (line is { Length: > 0 })
            logger.LogWarning("Engine: {Line}", line);
    }
}
