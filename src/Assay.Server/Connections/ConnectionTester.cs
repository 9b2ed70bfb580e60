using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;

namespace Assay.Server.Connections;

/// <summary>
/// Runs connection tests: each within ten seconds, its secrets manager included, and so many at once, so that a black hole behind
/// many tests cannot take the server with it. The others wait for their turn.
/// </summary>
internal sealed class ConnectionTester(ConnectorCatalogue connectors, TimeProvider clock) : IDisposable
{
    public const int MostAtOnce = 16;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BoundOfMany = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private readonly SemaphoreSlim places = new(MostAtOnce);

    /// <summary>Tests settings that are ready for a connector.</summary>
    public Task<Outcome<TestReport>> TestAsync(ConnectionSettings settings, SourceScope scope, TestIntent intent, CancellationToken cancel) =>
        TestAsync(_ => Task.FromResult<Outcome<ConnectionSettings>>(settings), scope, intent, cancel);

    /// <summary>Tests settings that have to be made ready first, within the same ten seconds.</summary>
    /// <returns>The report, also of a failed test; the failure that making ready ended with; or a 503 where no turn came.</returns>
    public Task<Outcome<TestReport>> TestAsync(
        Func<CancellationToken, Task<Outcome<ConnectionSettings>>> ready, SourceScope scope, TestIntent intent, CancellationToken cancel) =>
        RunAsync(ready, (settings, inner) => connectors.Find(settings.Type).TestAsync(new SourceTarget(settings, scope), intent, inner), Refused, Bound, cancel);

    /// <summary>Tests many schemas in one turn, with a connector that can.</summary>
    public Task<Outcome<IReadOnlyList<TestReport>>> TestManyAsync(
        ISharedTest connector, Func<CancellationToken, Task<Outcome<ConnectionSettings>>> ready, string? catalog, IReadOnlyList<string> schemas, TestIntent intent,
        CancellationToken cancel) =>
        RunAsync(ready, (settings, inner) => connector.TestManyAsync(settings, catalog, schemas, intent, inner),
            fault => [.. schemas.Select(_ => Refused(fault))], BoundOfMany, cancel);

    private static TestReport Refused(SourceFault fault) => new([], fault);

    private async Task<Outcome<T>> RunAsync<T>(
        Func<CancellationToken, Task<Outcome<ConnectionSettings>>> ready, Func<ConnectionSettings, CancellationToken, Task<T>> test,
        Func<SourceFault, T> refused, TimeSpan bound, CancellationToken cancel)
    {
        if (!await places.WaitAsync(LongestWait, cancel)) return Failure.Of(503, "Too many connection tests are running: try again in a moment");
        using var timeout = new CancellationTokenSource(bound, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return (await ready(both.Token)).Try(out var settings, out var failure) ? await test(settings, both.Token) : failure;
        }
        catch (SourceException problem)
        {
            return refused(problem.Fault);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return refused(new SourceFault(SourceFaultCode.TimedOut, "connect",
                $"The source did not answer within {bound.TotalSeconds:0} s. Check host and port, and that a firewall lets Assay through."));
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
