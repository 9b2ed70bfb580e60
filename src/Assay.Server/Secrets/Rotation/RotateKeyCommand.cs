using System.Security.Cryptography;
using Assay.Server.Settings;
using Assay.Server.Startup;
using Assay.Server.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Assay.Server.Secrets.Rotation;

/// <summary><c>assay rotate-key [--master]</c>: changes the keys of an installation, whether servers run on it or not.</summary>
internal static class RotateKeyCommand
{
    public const string Name = "rotate-key";
    public const string Usage = "usage: assay rotate-key [--master]";

    /// <exception cref="StartupException">Something outside stands in the way; the message says what.</exception>
    public static async Task<int> RunAsync(string[] options, TextWriter output, Action<AssaySettings>? adjust, CancellationToken cancel)
    {
        if (options.Any(o => o != "--master"))
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }
        await using var services = Build(adjust);
        try
        {
            var report = await RotateAsync(services, options.Length > 0, cancel);
            foreach (var line in Describe(report, options.Length > 0, services.GetRequiredService<MasterKeys>())) await output.WriteLineAsync(line);
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
        Connections.ConnectionsRegistration.AddSealedRows(builder.Services);
        return builder.Services.BuildServiceProvider();
    }

    private static async Task<RotationReport> RotateAsync(ServiceProvider services, bool master, CancellationToken cancel)
    {
        await using (var db = await services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync(cancel))
        {
            if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any())
                throw new StartupException("The metadata store is not of this version yet: start Assay on it once, then rotate.");
        }
        await using var alone = await services.GetRequiredService<RotationLock>().TakeAsync(cancel);
        await services.GetRequiredService<Vault>().OpenAsync(cancel);
        return await services.GetRequiredService<KeyRotation>().RunAsync(master, cancel);
    }

    private static IEnumerable<string> Describe(RotationReport report, bool master, MasterKeys masters)
    {
        yield return $"Data key {report.DataKeyId} seals from now on; {report.Secrets.Resealed} secrets were sealed anew.";
        if (master)
            yield return masters.File is { } file
                ? $"Master key {report.MasterKeyId} wraps all data keys; it is the only one in {file.Path} now. Back that file up."
                : $"Master key {report.MasterKeyId} wraps all data keys; the others can leave {MasterKey.Variable}.";
        if (report.Secrets.Unreadable.Count > 0)
            yield return $"No key at hand opens these secrets, which were left as they are and need re-entry: {string.Join(", ", report.Secrets.Unreadable)}.";
    }
}
