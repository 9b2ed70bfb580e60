using Assay.Server.Identity;
using Assay.Server.Operations.Dispatch;
using Assay.Server.Secrets;
using Assay.Server.Settings;
using Assay.Server.Store;
using Assay.Server.Tokens;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Server.Startup;

/// <summary>What must be true before the first request: schema current, keys at hand, an administrator there.</summary>
internal static class FirstStart
{
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancel)
    {
        try
        {
            await services.GetRequiredService<StoreMigrator>().MigrateAsync(cancel);
        }
        catch (Exception problem) when (problem is NpgsqlException or SqliteException)
        {
            throw new StartupException($"The metadata store cannot be opened: {problem.Message}");
        }
        services.GetRequiredService<WorkerLock>().Take();
        await services.GetRequiredService<Vault>().OpenAsync(cancel);
        await services.GetRequiredService<TokenKey>().LoadAsync(cancel);
        var administrator = services.GetRequiredService<FirstAdministrator>();
        if (await administrator.EnsureAsync(cancel))
            Console.WriteLine($"First start: the administrator's token lies in {administrator.TokenPath}");
    }
}
