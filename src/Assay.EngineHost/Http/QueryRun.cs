using System.Buffers;
using System.Text;
using Assay.EngineHost.Native;
using Assay.EngineHost.Queries;
using Assay.EngineHost.Statements;

namespace Assay.EngineHost.Http;

/// <summary>One statement on its connection, from the first byte in to the last byte out.</summary>
internal sealed class QueryRun(HttpContext context, QueryRequest request, QueryText text, ChdbConnection connection, RunningQueries running)
{
    // Up to here a result is held back, so that an early error still gets a status of its own.
    private const int HeldBack = 256 << 10;

    private readonly CancellationToken _gone = context.RequestAborted;

    internal Task RunAsync() => text.Statement.Kind switch
    {
        StatementKind.Rows => RowsAsync(),
        StatementKind.InsertData => InsertAsync(),
        _ => PlainAsync(),
    };

    private async Task PlainAsync()
    {
        var result = await EndAsync(StartAsync(text.Bytes[..text.Statement.End].ToArray()));
        if (!await FailedAsync(result))
            await CompleteAsync(result, result.Output);
    }

    private async Task InsertAsync()
    {
        using var pipe = Pipe.ToEngine();
        var query = StartAsync(Rewriting.FromPipe(text.Bytes, text.Statement, pipe.Path));
        // When the engine stops reading, the data has nowhere to go: a write that waits must fail.
        var closing = query.ContinueWith(_ => pipe.Reader.Dispose(), TaskScheduler.Default);
        var written = true;
        try
        {
            written = await text.CopyDataAsync(pipe.Writer, _gone);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or BadHttpRequestException)
        {
            // Either the engine gave up, and its error says why, or the sender did: then what came so far must not pass
            // for the whole, so the query is dead before it sees the end of its data.
            await running.KillAsync(request.Id, query);
        }

        await pipe.FinishWritingAsync(written, query);
        var result = await EndAsync(query);
        // The engine names the file it read; there is none that the sender knows of.
        result = result with { Error = result.Error?.Replace(pipe.Path, "the data sent") };
        await closing;
        // A client hears nothing before it has sent everything.
        if (result.Error is not null)
            await context.Request.Body.CopyToAsync(Stream.Null, _gone);
        if (!await FailedAsync(result))
            await CompleteAsync(result, ReadOnlyMemory<byte>.Empty);
    }

    private async Task RowsAsync()
    {
        using var pipe = Pipe.FromEngine();
        var format = text.Statement.Format ?? request.DefaultFormat;
        var query = StartAsync(Rewriting.ToPipe(text.Bytes, text.Statement, pipe.Path, format));
        var closing = query.ContinueWith(_ => pipe.Writer.Dispose(), TaskScheduler.Default);
        var buffer = ArrayPool<byte>.Shared.Rent(HeldBack);
        var first = pipe.Reader.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, CancellationToken.None).AsTask();
        try
        {
            if (await first.WaitAsync(_gone) is var held && held == buffer.Length)
                await StreamAsync(pipe.Reader, buffer, query);
            else if (await EndAsync(query) is var result && !await FailedAsync(result))
                await CompleteAsync(result, buffer.AsMemory(0, held));
        }
        finally
        {
            // Closed before the wait: an engine that is blocked in writing to a client that went away gets an error.
            pipe.Reader.Dispose();
            await running.KillUntilAsync(request.Id, query);
            await closing;
            await first.ContinueWith(_ => ArrayPool<byte>.Shared.Return(buffer), TaskScheduler.Default);
        }
    }

    private async Task StreamAsync(Stream source, byte[] buffer, Task<ChdbResult> query)
    {
        var trailer = new ExceptionTrailer();
        trailer.Announce(context.Response);
        for (var length = buffer.Length; length > 0; length = await source.ReadAsync(buffer, CancellationToken.None))
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, length), _gone);
        if ((await EndAsync(query)).Error is { } error)
            await trailer.WriteAsync(context.Response, error, _gone);
    }

    private Task<ChdbResult> StartAsync(byte[] sql) =>
        connection.QueryAsync(sql, Encoding.ASCII.GetBytes(request.DefaultFormat), request.Parameters);

    /// <summary>Waits for the statement's end, and hastens it when the client goes away.</summary>
    private async Task<ChdbResult> EndAsync(Task<ChdbResult> query)
    {
        try
        {
            return await query.WaitAsync(_gone);
        }
        catch (OperationCanceledException)
        {
            await running.KillUntilAsync(request.Id, query);
            return await query;
        }
    }

    private async Task<bool> FailedAsync(ChdbResult result)
    {
        if (result.Error is null)
            return false;
        await Answer.FailAsync(context, result.Error, _gone);
        return true;
    }

    private async Task CompleteAsync(ChdbResult result, ReadOnlyMemory<byte> output)
    {
        Answer.Summarise(context.Response, result);
        context.Response.ContentLength = output.Length;
        await context.Response.Body.WriteAsync(output, _gone);
    }
}
