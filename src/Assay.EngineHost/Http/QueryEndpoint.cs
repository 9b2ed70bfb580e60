using Assay.EngineHost.Native;
using Assay.EngineHost.Queries;

namespace Assay.EngineHost.Http;

/// <summary>POST / and GET /: runs one statement.</summary>
internal sealed class QueryEndpoint(ConnectionPool pool, RunningQueries running)
{
    private const string DefaultDatabase = "default";
    private static readonly HashSet<string> ReadOnlyVerbs = ["SELECT", "WITH", "FROM", "SHOW", "DESCRIBE", "DESC", "EXISTS", "EXPLAIN", "("];

    internal async Task HandleAsync(HttpContext context)
    {
        var gone = context.RequestAborted;
        var (request, refusal) = await QueryRequest.ReadAsync(context.Request, gone);
        if (request is null)
        {
            await Answer.RefuseAsync(context, refusal!, gone);
            return;
        }

        var text = await QueryText.ReadAsync(request.QueryText, context.Request.Body, gone);
        Answer.Start(context.Response, request.Id, text.Statement.Format ?? request.DefaultFormat);
        if (text.Statement.Refusal is { } refused)
            await Answer.RefuseAsync(context, refused, gone);
        else if (request.ReadOnly && !ReadOnlyVerbs.Contains(text.Statement.Verb))
            await Answer.RefuseAsync(context, new(164, "READONLY", "Cannot execute query in readonly mode: use POST"), gone);
        else if (!running.TryAdd(request.Id))
            await Answer.RefuseAsync(context, new(216, "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING", $"Query with id = {request.Id} is already running."), gone);
        else
            await RunRegisteredAsync(context, request, text);
    }

    private async Task RunRegisteredAsync(HttpContext context, QueryRequest request, QueryText text)
    {
        try
        {
            var connection = await pool.RentAsync(context.RequestAborted);
            try
            {
                await RunAsync(context, request, text, connection);
            }
            finally
            {
                pool.Return(connection);
            }
        }
        finally
        {
            running.Remove(request.Id);
        }
    }

    private async Task RunAsync(HttpContext context, QueryRequest request, QueryText text, ChdbConnection connection)
    {
        var session = await Session.OpenAsync(connection, request);
        try
        {
            if (session.Error is { } error)
                await Answer.FailAsync(context, error, context.RequestAborted);
            else
                await new QueryRun(context, request, text, connection, running).RunAsync();
        }
        finally
        {
            await session.CloseAsync();
        }
    }
}
