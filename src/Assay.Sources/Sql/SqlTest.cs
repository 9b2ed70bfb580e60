using Assay.Sources.Contract;
using Assay.Sources.Probing;

namespace Assay.Sources.Sql;

/// <summary>
/// Tests a target step by step with a single sign-in. All steps together have <see cref="Limit"/>, so that there is a verdict even from a
/// host that swallows every packet or a driver that does not listen.
/// </summary>
internal sealed class SqlTest(SqlSource source, SqlFaultLog faults, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan StatementLimit = TimeSpan.FromSeconds(4);

    public async Task<TestReport> RunAsync(SourceTarget target, TestIntent intent, CancellationToken cancel)
    {
        string[] steps = [SqlSteps.Settings, .. source.OpeningStepsOf(target.Connection), SqlSteps.Schema, SqlSteps.List, SqlSteps.Read, .. intent.ForWriting ? [SqlSteps.Write] : Array.Empty<string>()];
        var run = new TestRun(time, steps);
        run.Begin(SqlSteps.Settings);
        var scope = source.CheckScope(target.Scope);
        if ((source.Validate(target.Connection) is [var first, ..] ? first : scope.Problems.FirstOrDefault()) is { } problem)
            return run.Fail(new SourceFault(SourceFaultCode.InvalidSettings, run.Current, $"{string.Join('.', problem.Field)}: {problem.Message}"));
        run.Pass("All fields are as they should be");
        var place = source.PlaceOf(target with { Scope = scope.Scope });
        return await WithinLimitAsync(limited => ReportAsync(run, place, intent, limited), run, place, cancel);
    }

    /// <summary>Ends with a verdict even where the work does not end in time: what it still does it does behind the verdict.</summary>
    private async Task<TestReport> WithinLimitAsync(Func<CancellationToken, Task<TestReport>> work, TestRun run, SqlPlace place, CancellationToken cancel)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var test = Task.Run(() => work(stop.Token), CancellationToken.None);
        try
        {
            return await test.WaitAsync(Limit, time, cancel);
        }
        catch (TimeoutException e) when (!test.IsCompleted)
        {
            return run.Fail(faults.Of(source, e, run.Current, place));
        }
        finally
        {
            _ = LeaveAsync(test, stop);
        }
    }

    private static async Task LeaveAsync(Task test, CancellationTokenSource stop)
    {
        using (stop)
        {
            if (!test.IsCompleted) await stop.CancelAsync();
            await test.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TestReport> ReportAsync(TestRun run, SqlPlace place, TestIntent intent, CancellationToken cancel)
    {
        try
        {
            await using var session = intent.ForWriting
                ? await source.OpenForWritingAsync(place, new SqlOpening(run), cancel)
                : await source.OpenAsync(place, new SqlOpening(run), cancel);
            run.Product = session.Product;
            await new SqlRights(source, session, place, StatementLimit).CheckAsync(run, intent, cancel);
            return run.Succeed();
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            var fault = faults.Of(source, e, run.Current, place);
            // A driver that does several steps in one call may fail in an earlier one than the call was begun for.
            return run.Fail(fault);
        }
    }
}
