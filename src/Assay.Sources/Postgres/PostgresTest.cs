using System.Net;
using Assay.Sources.Contract;
using Assay.Sources.Probing;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>
/// Tests a target step by step with a single sign-in. Each step has its share of the time and all together have
/// <see cref="Limit"/>, so that there is a verdict even from a host that swallows every packet.
/// </summary>
internal sealed class PostgresTest(PostgresDoor door, PostgresFaultLog faults, TimeProvider time)
{
    public const string DefaultSchema = "public";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SignInLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StatementLimit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LimitOfMany = TimeSpan.FromSeconds(25);
    private const int MostSessions = 4;
    private const int SchemasPerSession = 13;

    public async Task<TestReport> RunAsync(SourceTarget target, TestIntent intent, CancellationToken cancel)
    {
        var run = new TestRun(time, intent.ForWriting ? PostgresSteps.Writing : PostgresSteps.Reading);
        if (Check(run, target.Connection, target.Scope, out var refusal) is not { } settings)
            return refusal!;
        var scope = target.Scope with { Database = target.Scope.Database ?? settings.Database };
        var place = new PostgresPlace(settings, scope.Database ?? "", scope.Schema ?? DefaultSchema);
        return await WithinLimitAsync(limited => ReportAsync(run, place, () => RunAsync(run, place, scope, intent, limited), limited), Limit, run, place, cancel);
    }

    /// <summary>
    /// Tests many schemas of a database with one sign-in, or a few where there are many schemas: the server has less to do, and a wrong
    /// password is tried once.
    /// </summary>
    /// <returns>A report for each schema, in order.</returns>
    public async Task<IReadOnlyList<TestReport>> RunManyAsync(
        ConnectionSettings connection, string? database, IReadOnlyList<string> schemas, TestIntent intent, CancellationToken cancel)
    {
        var run = new TestRun(time, intent.ForWriting ? PostgresSteps.Writing : PostgresSteps.Reading);
        if (Check(run, connection, new SourceScope(database), out var refusal) is not { } settings)
            return [.. schemas.Select(_ => refusal!)];
        database ??= settings.Database;
        var place = new PostgresPlace(settings, database ?? "");
        var reports = new TestReport?[schemas.Count];
        var others = await WithinLimitAsync(limited => ReportAsync(run, place, () => RunManyAsync(run, place, new SourceScope(database), schemas, intent, reports, limited), limited),
            LimitOfMany, run, place, cancel);
        return [.. reports.Select(r => r ?? others)];
    }

    /// <summary>Reports on each schema into its place; the answer is the verdict on those without one.</summary>
    private async Task<TestReport> RunManyAsync(
        TestRun run, PostgresPlace place, SourceScope scope, IReadOnlyList<string> schemas, TestIntent intent, TestReport?[] reports, CancellationToken cancel)
    {
        var (first, address) = await SignInAsync(run, place, scope.Database, cancel);
        var next = -1;
        var more = Math.Min(MostSessions, (schemas.Count + SchemasPerSession - 1) / SchemasPerSession) - 1;
        await Task.WhenAll([LaneAsync(first.Session), .. Enumerable.Range(0, more).Select(_ => AnotherAsync())]);
        return reports.All(r => r is not null) ? run.Succeed() : throw new IOException("The line broke");

        async Task AnotherAsync()
        {
            PostgresSession session;
            try
            {
                session = (await door.SignInAsync(place.Settings, address, first.Database, Shorter(SignInLimit, place.Settings.ConnectTimeout), cancel)).Session;
            }
            catch (PostgresSignInException)
            {
                return; // a server that lets no more in is asked through the first alone
            }
            await LaneAsync(session);
        }

        async Task LaneAsync(PostgresSession session)
        {
            await using var own = session;
            for (int i; (i = Interlocked.Increment(ref next)) < schemas.Count;)
            {
                var (fork, at) = (run.Fork(), place with { Database = first.Database, Schema = schemas[i] });
                reports[i] = await ReportAsync(fork, at, () => CheckRightsAsync(fork, session, at, scope with { Schema = schemas[i] }, intent, cancel), cancel);
                if (session.Connection.State is not System.Data.ConnectionState.Open)
                    return;
                await session.ExecuteAsync("ROLLBACK", StatementLimit, cancel);
            }
        }
    }

    private static async Task<TestReport> CheckRightsAsync(
        TestRun run, PostgresSession session, PostgresPlace place, SourceScope scope, TestIntent intent, CancellationToken cancel)
    {
        if (!PostgresSettings.CanBeName(scope.Schema!))
            return run.Fail(BadName());
        await new PostgresRights(session, place, StatementLimit).CheckAsync(run, scope, intent, cancel);
        return run.Succeed();
    }

    private static PostgresSettings? Check(TestRun run, ConnectionSettings connection, SourceScope scope, out TestReport? refusal)
    {
        run.Begin(PostgresSteps.Settings);
        refusal = null;
        if (PostgresSettings.Read(connection, out var problems) is not { } settings)
        {
            refusal = run.Fail(new SourceFault(SourceFaultCode.InvalidSettings, run.Current, Sentence(problems[0])));
            return null;
        }
        if (new[] { scope.Database, scope.Schema }.Any(name => name is not null && !PostgresSettings.CanBeName(name)))
        {
            refusal = run.Fail(BadName());
            return null;
        }
        run.Pass("All fields are as they should be");
        return settings;
    }

    private static SourceFault BadName() => new(SourceFaultCode.InvalidSettings, PostgresSteps.Settings, "The names of database and schema must not be empty or hold a zero byte.");

    /// <summary>
    /// Ends with a verdict even where the work does not end in time: the driver, told to stop, still tries to tell the server, which
    /// takes it seconds if the server is gone. It does so behind the verdict.
    /// </summary>
    private async Task<TestReport> WithinLimitAsync(
        Func<CancellationToken, Task<TestReport>> work, TimeSpan limit, TestRun run, PostgresPlace place, CancellationToken cancel)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var test = Task.Run(() => work(stop.Token), CancellationToken.None);
        try
        {
            return await test.WaitAsync(limit, time, cancel);
        }
        catch (TimeoutException e) when (!test.IsCompleted)
        {
            return run.Fail(faults.Of(e, run.Current, place));
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
            if (!test.IsCompleted)
                await stop.CancelAsync();
            await test.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TestReport> ReportAsync(TestRun run, PostgresPlace place, Func<Task<TestReport>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (PostgresSignInException e)
        {
            cancel.ThrowIfCancellationRequested();
            RecordLine(run, place.Settings, e.Watch, e.Step);
            return run.Fail(faults.Of(e, place));
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return run.Fail(faults.Of(e, run.Current, place));
        }
    }

    private async Task<TestReport> RunAsync(TestRun run, PostgresPlace place, SourceScope scope, TestIntent intent, CancellationToken cancel)
    {
        var (signIn, _) = await SignInAsync(run, place, scope.Database, cancel);
        await using var session = signIn.Session;
        await new PostgresRights(session, place with { Database = signIn.Database }, StatementLimit).CheckAsync(run, scope, intent, cancel);
        return run.Succeed();
    }

    /// <summary>The steps up to the catalog.</summary>
    /// <exception cref="Exception">One of them failed: a fault of its own or the driver's.</exception>
    private async Task<(PostgresSignIn SignIn, IPAddress Address)> SignInAsync(TestRun run, PostgresPlace place, string? database, CancellationToken cancel)
    {
        var settings = place.Settings;
        run.Begin(PostgresSteps.Resolve);
        var verdict = await door.ResolveAsync(settings, cancel);
        if (!verdict.Allowed)
            throw new SourceException(verdict.Fault);
        run.Pass(string.Join(", ", verdict.Addresses));

        run.Begin(PostgresSteps.Connect);
        var address = await PostgresDoor.FindAddressAsync(settings, verdict, Shorter(ConnectLimit, settings.ConnectTimeout), cancel);
        run.Pass($"{address} port {settings.Port}");

        run.Begin(PostgresSteps.Tls);
        var signIn = await door.SignInAsync(settings, address, database, Shorter(SignInLimit, settings.ConnectTimeout), cancel);
        RecordLine(run, settings, signIn.Watch, PostgresSteps.Catalog);
        run.Pass(signIn.Database);
        run.Product = new SourceProduct("PostgreSQL", signIn.Session.Version, "Npgsql", typeof(NpgsqlConnection).Assembly.GetName().Version!.ToString(3));
        return (signIn, address);
    }

    /// <summary>Records the steps that the driver does in one call, up to <paramref name="reached"/>, which is left under way.</summary>
    private static void RecordLine(TestRun run, PostgresSettings settings, SignInWatch watch, string reached)
    {
        if (reached == PostgresSteps.Tls)
            return;
        if (settings.Tls is SslMode.Disable)
            run.Skip(PostgresSteps.Tls, "Switched off by sslmode");
        else if (watch.Tls is SslMode.Disable)
            run.Warn("Not encrypted: the server does not offer TLS to this user", watch.TlsTook);
        else
            run.Pass(settings.Verifies ? "Encrypted, certificate verified" : "Encrypted, certificate not verified", watch.TlsTook);

        run.Begin(PostgresSteps.SignIn);
        if (reached == PostgresSteps.SignIn)
            return;
        run.Pass($"As {settings.Username}", watch.SignInTook);
        run.Begin(PostgresSteps.Catalog);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static string Sentence(SettingProblem problem) => $"{string.Join('.', problem.Field)}: {problem.Message}";
}
