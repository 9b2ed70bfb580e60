using Assay.Engine.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Engine.Supervision;

/// <summary>
/// Keeps one engine process for this Assay process: starts it for the first request, starts it again after its death with
/// growing pauses, ends it when it hangs or has been idle for long.
/// </summary>
internal sealed class EngineSupervisor : IEndpointSource, IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<EngineSupervisor> _logger;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Backoff _backoff;
    private readonly Usage _usage;
    private EngineProcess? _process;
    private Task _watch = Task.CompletedTask;

    public EngineSupervisor(IOptions<EngineOptions> options, TimeProvider time, ILogger<EngineSupervisor> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        _backoff = new Backoff(time);
        _usage = new Usage(time);
    }

    /// <summary>The process id of the engine that runs now, if one does.</summary>
    internal int? ProcessId => _process is { IsDead: false } process ? process.Id : null;

    public async ValueTask<EndpointLease> RentAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        Action use;
        EngineProcess? process;
        // Together, so that the idle stop cannot come in between.
        lock (_usage)
            (use, process) = (_usage.Begin(), _process);
        try
        {
            if (process is { IsDead: false } running)
                return new EndpointLease(running, use);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
            return new EndpointLease(await StartAsync(either.Token), use);
        }
        catch
        {
            use();
            throw;
        }
    }

    public IDisposable Hold() => new Held(_usage.Begin());

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _watch;
        await _gate.WaitAsync();
        if (_process is not null)
            await _process.DisposeAsync();
        _gate.Dispose();
        _closing.Dispose();
    }

    private async Task<EngineProcess> StartAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_process is { IsDead: false } running)
                return running;
            await BuryAsync();
            if (_backoff.Pause is { Ticks: > 0 } pause)
                await Task.Delay(pause, _time, cancellation);
            return await LaunchAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task BuryAsync()
    {
        if (_process is not { } dead)
            return;
        _logger.LogWarning("The engine's process {Id} is gone", dead.Id);
        _backoff.Died();
        _process = null;
        await dead.DisposeAsync();
    }

    private async Task<EngineProcess> LaunchAsync(CancellationToken cancellation)
    {
        try
        {
            _process = await EngineProcess.StartAsync(_options, _logger, cancellation);
        }
        catch (EngineException)
        {
            _backoff.FailedToStart();
            throw;
        }

        _backoff.Born();
        _logger.LogInformation("The engine's process {Id} runs", _process.Id);
        // The watch of the process before may still be on its way out.
        _watch = _watch.IsCompleted ? WatchAsync(_process) : Task.WhenAll(_watch, WatchAsync(_process));
        return _process;
    }

    /// <summary>Ends the process when it does not answer or is not used.</summary>
    private async Task WatchAsync(EngineProcess process)
    {
        await Task.Yield();
        var health = new HealthCheck(process, _time);
        while (!process.IsDead && !_closing.IsCancellationRequested)
        {
            var fate = await health.WaitAsync(_usage, _options.IdleStop, _closing.Token);
            if (fate == Fate.Hangs)
            {
                _logger.LogError("The engine's process {Id} does not answer and is ended", process.Id);
                process.Kill();
            }
            else if (fate == Fate.Idle && await StopIfIdleAsync(process))
            {
                return;
            }
        }
    }

    private async Task<bool> StopIfIdleAsync(EngineProcess process)
    {
        lock (_usage)
        {
            if (!_usage.IsIdleFor(_options.IdleStop) || _process != process)
                return false;
            _process = null;
        }

        _logger.LogInformation("The engine's process {Id} has been idle and is stopped", process.Id);
        await process.DisposeAsync();
        return true;
    }

    private sealed class Held(Action release) : IDisposable
    {
        private Action? _release = release;

        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}
