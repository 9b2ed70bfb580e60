using Assay.EngineHost.Statements;

namespace Assay.EngineHost.Http;

/// <summary>Gives failures of the host itself the shape of the engine's errors.</summary>
internal static class UnexpectedErrors
{
    private const int LogicalError = 49;

    internal static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception e)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Host").LogError(e, "A request failed");
            if (context.Response.HasStarted)
                context.Abort();
            else
                await Answer.RefuseAsync(context, new Refusal(LogicalError, "LOGICAL_ERROR", $"The engine host failed: {e.GetType().Name}"), context.RequestAborted);
        }
    }
}
