using Assay.Server.Settings;
using Assay.Server.Store.Reads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Assay.Server.Store;

internal static class StoreRegistration
{
    public static IServiceCollection AddStore(this IServiceCollection services, AssaySettings settings)
    {
        var store = StoreOptions.From(settings);
        services.AddSingleton(store);
        services.AddSingleton<StoreConnections>();
        services.AddSingleton<StoreReads>();
        services.AddSingleton<StoreMigrator>();
        services.AddDbContextPool<AssayDb>((provider, options) => Configure(options, store, provider));
        services.AddPooledDbContextFactory<AssayDb>((provider, options) => Configure(options, store, provider));
        return services;
    }

    private static void Configure(DbContextOptionsBuilder options, StoreOptions store, IServiceProvider provider)
    {
        if (store.Kind == StoreKind.Sqlite) options.UseSqlite(store.ConnectionString);
        else options.UseNpgsql(store.ConnectionString);
        options.AddInterceptors(new SqlitePragmas());
        options.AddInterceptors(provider.GetServices<IInterceptor>());
        // Migrations are written by hand, so EF's snapshot comparison has nothing to compare with.
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
    }
}
