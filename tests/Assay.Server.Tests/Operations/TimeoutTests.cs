using Assay.Server.Operations;
using Assay.Server.Operations.Dispatch;
using Assay.Server.Operations.Running;
using Assay.Server.Settings;
using Assay.Server.Startup;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Server.Tests.Operations;

public sealed class TimeoutTests
{
    [Fact]
    public async Task Run_LongerThanTheTimeOut_IsStoppedAndFails()
    {
        var folder = Directory.CreateTempSubdirectory("assay-timeout-").FullName;
        await using var app = await AssayApplication.BuildAsync([], settings => (settings.Data, settings.Port, settings.Role) = (folder, 0, "api"));
        var id = await QueueAsync(app.Services);
        var (kind, clock) = (new Endless(), new ImpatientClock());
        var settings = app.Services.GetRequiredService<AssaySettings>();
        var runner = new OperationRunner([kind], app.Services.GetRequiredService<OperationLease>(), app.Services.GetRequiredService<RunningOperations>(),
            settings, clock, NullLogger<OperationRunner>.Instance);

        await runner.RunAsync(id, CancellationToken.None);

        kind.Stopped.ShouldBeTrue();
        var ended = await ReadAsync(app.Services, id);
        (ended.Result, ended.EndTime is not null).ShouldBe(("failure", true));
        ended.Message.ShouldBe($"The operation was stopped after {settings.OperationTimeoutMinutes} minutes (ASSAY_OPERATION_TIMEOUT_MINUTES).");
    }

    /// <summary>The 30 s of the promise are kept by what is set, not by luck; the crash and node tests see it happen.</summary>
    [Fact]
    public void Recovery_ByItsSettings_TakesLessThanThirtySeconds()
    {
        var takenBack = OperationLease.Length + Dispatcher.Interval;
        var quartzLetsGo = DispatchRegistration.CheckIn * 2 + DispatchRegistration.CheckInPatience;

        (takenBack + Dispatcher.Interval).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        (quartzLetsGo + Dispatcher.Interval).ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    private static async Task<long> QueueAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
        var now = DateTime.UtcNow;
        var connection = new Assay.Server.Connections.Connection { Name = "slow", Type = "postgresql", StoreType = "jdbc", Created = now };
        db.Add(connection);
        await db.SaveChangesAsync();
        var datastore = new Assay.Server.Datastores.Datastore { Name = "slow", ConnectionId = connection.Id, Type = "postgresql", StoreType = "jdbc", Created = now };
        db.Add(datastore);
        await db.SaveChangesAsync();
        var operation = new Operation { Type = Endless.Name, DatastoreId = datastore.Id, Result = OperationResult.Queued, Settings = "{}", Created = now };
        db.Add(operation);
        await db.SaveChangesAsync();
        return operation.Id;
    }

    private static async Task<Operation> ReadAsync(IServiceProvider services, long id)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
        return await db.Set<Operation>().AsNoTracking().SingleAsync(o => o.Id == id);
    }

    /// <summary>Work that never ends by itself.</summary>
    private sealed class Endless : IOperationKind
    {
        public const string Name = "endless";
        public string Type => Name;
        public bool Stopped { get; private set; }

        public string Normalise(string settingsJson) => settingsJson;

        public async Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            finally
            {
                Stopped = cancel.IsCancellationRequested;
            }
            return OperationEnding.Success();
        }
    }

    /// <summary>A clock by which an hour passes in a moment; shorter times take as long as they take.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.FromMinutes(1) ? TimeSpan.FromMilliseconds(50) : dueTime, period);
    }
}
