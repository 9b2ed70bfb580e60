using System.Net;

namespace Assay.Engine.Http;

/// <summary>One statement on its way: sends it, watches its limits, explains its failures, stops it when it is given up.</summary>
internal sealed class EngineCall : IAsyncDisposable
{
    private const string CodeHeader = "X-ClickHouse-Exception-Code";
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);

    private readonly EngineQuery _query;
    private readonly EndpointLease _lease;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource? _timeout;
    private readonly CancellationTokenSource _stop;
    private readonly ProgressReporter? _progress;
    private HttpResponseMessage? _response;
    private bool _ended;
    private bool _disposed;

    internal EngineCall(EngineQuery query, EndpointLease lease, TimeProvider time, CancellationToken cancellation)
    {
        (_query, _lease, _cancellation) = (query, lease, cancellation);
        _timeout = query.Timeout is { } limit ? new CancellationTokenSource(limit, time) : null;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _timeout?.Token ?? default);
        _progress = query.Progress is { } sink ? new ProgressReporter(lease.Endpoint, query.Id, sink, time) : null;
    }

    /// <summary>Fires when the statement is cancelled or its time is up.</summary>
    internal CancellationToken Stopping => _stop.Token;

    /// <param name="gaveUp">Whether what is sent came to an end by itself; then its failure is not looked for in the engine.</param>
    internal async Task<HttpResponseMessage> SendAsync(Func<IEnumerable<KeyValuePair<string, string>>, HttpRequestMessage> build, Func<bool>? gaveUp = null)
    {
        try
        {
            var settings = await _lease.Endpoint.SettingsAsync(Stopping);
            using var request = build(settings.SetItems(Limits()).SetItems(_query.Settings));
            _response = await _lease.Endpoint.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stopping);
            if (_response.StatusCode == HttpStatusCode.OK && !_response.Headers.Contains(CodeHeader))
                return _response;
            var text = await _response.Content.ReadAsStringAsync(Stopping);
            _ended = true;
            throw ErrorText.ToException(text, _query);
        }
        catch (Exception e) when (e is not EngineException and not ArgumentException && gaveUp?.Invoke() != true)
        {
            throw await ExplainAsync(e);
        }
    }

    /// <summary>The token the statement was started with.</summary>
    internal CancellationToken Cancellation => _cancellation;

    /// <inheritdoc cref="Endpoint.Gone"/>
    internal CancellationToken Gone => _lease.Endpoint.Gone;

    /// <summary>Gives the statement up.</summary>
    internal void Stop() => _stop.Cancel();

    /// <summary>The statement has come to its own end: there is nothing left to stop.</summary>
    internal void End() => _ended = true;

    internal EngineException Failed(string text)
    {
        _ended = true;
        return ErrorText.ToException(text, _query);
    }

    /// <summary>What an exception of the connection means for the statement.</summary>
    internal async Task<Exception> ExplainAsync(Exception broken, CancellationToken reading = default)
    {
        if (_cancellation.IsCancellationRequested || reading.IsCancellationRequested)
            return new OperationCanceledException("The statement was cancelled.", broken, reading.IsCancellationRequested ? reading : _cancellation);
        if (_timeout is { IsCancellationRequested: true })
            return new EngineException(EngineFault.Timeout, $"The statement was stopped after {_query.Timeout!.Value.TotalSeconds:0.###} seconds.", inner: broken);
        return broken is IOException or HttpRequestException || Gone.IsCancellationRequested ? await _lease.Endpoint.ExplainAsync(broken) : broken;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        if (_progress is not null)
            await _progress.DisposeAsync();
        _response?.Dispose();
        if (!_ended && !_lease.Endpoint.StopsWhenAbandoned)
            await KillAsync();
        _lease.Dispose();
        _stop.Dispose();
        _timeout?.Dispose();
    }

    private Dictionary<string, string> Limits() =>
        // The engine's own limit is for the case that it never hears of ours.
        _query.Timeout is { } limit ? new() { ["max_execution_time"] = $"{Math.Ceiling(limit.TotalSeconds)}" } : [];

    private async Task KillAsync()
    {
        using var limit = new CancellationTokenSource(KillTimeout);
        try
        {
            await Processes.KillAsync(_lease.Endpoint, _query.Id, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or EngineException)
        {
            // A server that cannot be reached cannot be told either; its own time limit is left.
        }
    }
}
