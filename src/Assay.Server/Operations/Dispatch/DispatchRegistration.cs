using Assay.Server.Operations.Running;
using Assay.Server.Settings;
using Assay.Server.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Quartz;

namespace Assay.Server.Operations.Dispatch;

/// <summary>Operations are handed out by Quartz's persistent job store, in the metadata store's own database; clustered on PostgreSQL.</summary>
internal static class DispatchRegistration
{
    public const string SchedulerName = "assay";
    /// <summary>Execution groups whose names begin so hold the operations of one connection each.</summary>
    public const string ConnectionGroups = "connection:";

    /// <summary>How often a node says that it lives, and how long after that the others take its jobs over.</summary>
    public static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan CheckInPatience = TimeSpan.FromSeconds(9);

    public static void AddDispatch(this IServiceCollection services, AssaySettings settings)
    {
        services.AddSingleton<DispatchSignal>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<DispatchSignal>());
        services.AddSingleton<WorkerLock>();
        services.AddSingleton<WorkerName>();
        services.AddSingleton<OperationLease>();
        services.AddSingleton<RunningOperations>();
        services.AddSingleton<OperationRunner>();
        if (!settings.Works) return;
        services.AddSingleton<QueuedOperations>();
        services.AddSingleton<Recovery>();
        services.AddQuartz(quartz => Configure(quartz, settings));
        // Jobs are told to stop and waited for: each hands its operation back.
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddHostedService<Dispatcher>();
    }

    private static void Configure(IQuartzBuilder quartz, AssaySettings settings)
    {
        var store = StoreOptions.From(settings);
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = SchedulerName;
            scheduler.GenerateInstanceId = true;
            scheduler.IdleWaitTime = TimeSpan.FromSeconds(1);
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UseDefaultThreadPool(settings.MaxOperations);
        var scope = store.Kind == StoreKind.Postgres ? ExecutionLimitScope.Cluster : ExecutionLimitScope.Node;
        quartz.UseExecutionLimits(limits => limits.ForGroupsWithPrefix(ConnectionGroups, settings.MaxOperationsPerConnection, scope));
        quartz.UsePersistentStore(jobs =>
        {
            jobs.ConfigureStore(options => options.TablePrefix = "qrtz_");
            jobs.UseSystemTextJsonSerializer();
            if (store.Kind == StoreKind.Sqlite) jobs.UseSqlite(SqliteFactory.Instance, store.ConnectionString);
            else
            {
                jobs.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<StoreConnections>().Pool!);
                jobs.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = CheckIn;
                    cluster.CheckinMisfireThreshold = CheckInPatience;
                });
            }
        });
    }
}
