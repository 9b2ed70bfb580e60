using System.Security.Cryptography;
using Assay.Server.Secrets;
using Assay.Server.Settings;
using Assay.Server.Startup;
using Assay.Server.Store;
using Assay.Server.Tokens;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Assay.Server.Identity.Recovery;

/// <summary>
/// <c>assay admin-token [--lost-master-key]</c>: a new token for an administrator, for whoever owns the data folder, when no
/// token is left that could make one over the API.
/// </summary>
internal static class AdminTokenCommand
{
    public const string Name = "admin-token";
    public const string Usage = "usage: assay admin-token [--lost-master-key]";
    private const string LostKey = "--lost-master-key";

    /// <exception cref="StartupException">Something outside stands in the way; the message says what.</exception>
    public static async Task<int> RunAsync(string[] options, TextWriter output, Action<AssaySettings>? adjust, CancellationToken cancel)
    {
        if (options.Any(o => o != LostKey))
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }
        await using var services = Build(adjust);
        try
        {
            await using (var db = await services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync(cancel))
                if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any())
                    throw new StartupException("The metadata store is not of this version yet: start Assay on it once.");
            if (options.Length > 0) await output.WriteLineAsync(await services.GetRequiredService<LostMasterKey>().ReplaceAsync(cancel));
            await services.GetRequiredService<Vault>().OpenAsync(cancel);
            await services.GetRequiredService<TokenKey>().LoadAsync(cancel);
            await output.WriteLineAsync(await services.GetRequiredService<AdminTokenRecovery>().IssueAsync(cancel));
            return 0;
        }
        catch (Exception problem) when (problem is NpgsqlException or SqliteException)
        {
            throw new StartupException($"The metadata store cannot be used: {problem.Message}");
        }
        catch (CryptographicException problem)
        {
            throw new StartupException(problem.Message);
        }
    }

    private static ServiceProvider Build(Action<AssaySettings>? adjust)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var settings = builder.AddSettings();
        adjust?.Invoke(settings);
        DataFolder.Prepare(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddStore(settings);
        builder.Services.AddVault(settings);
        builder.Services.AddIdentity();
        builder.Services.AddSingleton<AdminTokenRecovery>();
        builder.Services.AddSingleton<LostMasterKey>();
        return builder.Services.BuildServiceProvider();
    }
}
