using Assay.Server.Settings;
using Assay.Server.Store;
using Assay.Sources;
using Assay.Sources.Network;
using Npgsql;

namespace Assay.Server.Startup;

/// <summary>What the connectors are told by their host: the operator's limits, and where Assay itself listens.</summary>
internal static class SourceGround
{
    public static IServiceCollection AddSources(this IServiceCollection services, AssaySettings settings) => services.AddSources(options =>
    {
        options.HostsDeny = SourcesOptions.Split(settings.HostsDeny);
        options.HostsAllow = SourcesOptions.Split(settings.HostsAllow);
        options.RangesAtOnce = settings.RangesAtOnce;
        options.StatementTimeout = TimeSpan.FromSeconds(settings.StatementTimeout);
        options.FilesRoot = settings.FilesRoot;
        options.DriversFolder = DriverCommand.FolderIn(settings.Data);
    });

    /// <summary>No source may lie where Assay listens. Ports are known once the server runs, which is before its first answer.</summary>
    public static void GuardOwnEndpoints(this WebApplication app)
    {
        var own = app.Services.GetRequiredService<OwnEndpoints>();
        if (app.Services.GetRequiredService<StoreOptions>() is { Kind: StoreKind.Postgres } store)
        {
            var place = new NpgsqlConnectionStringBuilder(store.ConnectionString);
            own.Register("metadata store", place.Host!, place.Port);
        }
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            foreach (var url in app.Urls.Select(text => BindingAddress.Parse(text))) own.Register("API", url.Host, url.Port);
        });
    }
}
