using System.Runtime.CompilerServices;
using Assay.Engine.Binary;
using Assay.Engine.Staging;
using Microsoft.Extensions.Options;

namespace Assay.Engine.Http;

/// <summary>The engine over ClickHouse's HTTP interface.</summary>
internal sealed class EngineClient(IEndpointSource endpoints, IOptions<EngineOptions> options, TimeProvider time) : IEngine
{
    public string? Cluster => options.Value.Url is null ? null : options.Value.Cluster;

    public StagingMemory Staging { get; } = StagingMemory.Of(options.Value);

    public async IAsyncEnumerable<EngineRow> QueryAsync(EngineQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var reader = await OpenAsync(query, cancellation);
        while (await reader.ReadAsync(cancellation) is { } row)
            yield return row;
    }

    public async Task<EngineReader> OpenAsync(EngineQuery query, CancellationToken cancellation = default) =>
        await EngineReader.OpenAsync(await DownloadAsync(query, RowBinaryReader.Format, cancellation), cancellation);

    public async Task<Stream> DownloadAsync(EngineQuery query, string format, CancellationToken cancellation = default)
    {
        var call = await StartAsync(query, cancellation);
        try
        {
            var response = await call.SendAsync(settings => EngineRequest.ForStatement(query, settings, format));
            var frame = response.Headers.TryGetValues(ExceptionFrame.Header, out var tags) ? new ExceptionFrame(tags.First()) : null;
            return new ResultStream(call, await response.Content.ReadAsStreamAsync(cancellation), frame);
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    public async Task<EngineSummary> ExecuteAsync(EngineQuery query, CancellationToken cancellation = default)
    {
        await using var call = await StartAsync(query, cancellation);
        var response = await call.SendAsync(settings => EngineRequest.ForStatement(query, settings, null));
        return await FinishAsync(call, response, cancellation);
    }

    public async Task<EngineSummary> InsertAsync(EngineQuery insert, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        await using var call = await StartAsync(insert, cancellation);
        var data = new UploadContent(write, call.Gone);
        try
        {
            var response = await call.SendAsync(settings => EngineRequest.ForInsert(insert, settings, data), () => data.Failure is { SourceException: not OperationCanceledException });
            return await FinishAsync(call, response, cancellation);
        }
        catch (Exception e) when (data.Failure is { } failure && !IsOurs(e, failure.SourceException))
        {
            failure.Throw();
            throw;
        }
    }

    public async Task<EngineProgress?> GetProgressAsync(string queryId, CancellationToken cancellation = default)
    {
        using var lease = await endpoints.RentAsync(cancellation);
        return await Processes.FindAsync(lease.Endpoint, queryId, cancellation);
    }

    public async Task KillAsync(string queryId, CancellationToken cancellation = default)
    {
        using var lease = await endpoints.RentAsync(cancellation);
        await Processes.KillAsync(lease.Endpoint, queryId, cancellation);
    }

    public IDisposable Hold() => endpoints.Hold();

    private async Task<EngineCall> StartAsync(EngineQuery query, CancellationToken cancellation) =>
        new(query, await endpoints.RentAsync(cancellation), time, cancellation);

    /// <summary>A writer that was only told to stop: by a time-out, or because the engine went down under it.</summary>
    private static bool IsOurs(Exception e, Exception failure) =>
        e is EngineException { Fault: EngineFault.Timeout } || (e is EngineException { Fault: EngineFault.EngineDied } && failure is OperationCanceledException);

    /// <summary>Reads what is left of the response, which may still hold an error.</summary>
    private static async Task<EngineSummary> FinishAsync(EngineCall call, HttpResponseMessage response, CancellationToken cancellation)
    {
        var frame = response.Headers.TryGetValues(ExceptionFrame.Header, out var tags) ? new ExceptionFrame(tags.First()) : null;
        await using var body = new ResultStream(call, await response.Content.ReadAsStreamAsync(cancellation), frame);
        await body.CopyToAsync(Stream.Null, cancellation);
        return SummaryHeader.Read(response);
    }
}
