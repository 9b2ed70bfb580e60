using Assay.Server.Anomalies;
using Assay.Server.Anomalies.Comments;
using Assay.Server.Checks;
using Assay.Server.Checks.DryRuns;
using Assay.Server.Checks.Results;
using Assay.Server.Checks.Specifications;
using Assay.Server.Checks.Templates;
using Assay.Server.Connections;
using Assay.Server.Containers;
using Assay.Server.Containers.Computed;
using Assay.Server.Datastores;
using Assay.Server.Enrichment;
using Assay.Server.Fields;
using Assay.Server.Fields.Computed;
using Assay.Server.Groups;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Logging;
using Assay.Server.Masking;
using Assay.Server.Observability;
using Assay.Server.Onboarding;
using Assay.Server.OpenApi;
using Assay.Server.Operations;
using Assay.Server.Operations.Export;
using Assay.Server.Operations.HeatMap;
using Assay.Server.Profiles;
using Assay.Server.Reading;
using Assay.Server.Scans;
using Assay.Server.Scans.Metrics;
using Assay.Server.Scores;
using Assay.Server.Search;
using Assay.Server.Secrets;
using Assay.Server.Settings;
using Assay.Server.Status;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Teams;
using Assay.Server.Tokens;
using Assay.Server.Users;
using Assay.Server.Web;

namespace Assay.Server.Startup;

/// <summary>Puts Assay together: the table of contents of the server.</summary>
internal static class AssayApplication
{
    /// <summary>A server that is ready to run: settings checked, store migrated, administrator made.</summary>
    /// <exception cref="StartupException">Something outside stands in the way; the message says what.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args, Action<AssaySettings>? adjust = null)
    {
        var app = Compose(args, adjust);
        await FirstStart.PrepareAsync(app.Services, app.Lifetime.ApplicationStopping);
        return app;
    }

    /// <summary>The server with its routes; nothing has been opened yet.</summary>
    public static WebApplication Compose(string[] args, Action<AssaySettings>? adjust = null)
    {
        // The executable's own appsettings.json counts, whatever folder the server is started from; it is read once.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            ContentRootPath = AppContext.BaseDirectory,
        });
        var settings = builder.AddSettings();
        adjust?.Invoke(settings);
        DataFolder.Prepare(settings);
        builder.AddLog(settings);
        builder.WebHost.UseUrls(settings.Url);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(settings.DrainSeconds));
        builder.AddWeb();
        builder.Services.AddApiDocument();
        builder.Services.AddStore(settings);
        builder.Services.AddVault(settings);
        builder.Services.AddIdentity();
        builder.Services.AddConnectionDesk();
        builder.Services.AddOperations(settings);
        builder.Services.AddContainers();
        builder.Services.AddReading();
        builder.Services.AddProfiles();
        builder.Services.AddUsers();
        builder.Services.AddTeams();
        builder.Services.AddTokens();
        builder.Services.AddDatastores(settings);
        builder.Services.AddOnboarding();
        builder.Services.AddEngine(settings);
        builder.Services.AddHistory();
        builder.Services.AddScoped<NameSearch>();
        builder.Services.AddSources(settings);
        builder.Services.AddGroups();
        builder.Services.AddTags();
        builder.Services.AddChecks();
        builder.Services.AddAnomalies();
        builder.Services.AddScans();
        builder.Services.AddExports();
        builder.Services.AddScores(settings);
        builder.Services.AddEnrichment(settings);

        var app = builder.Build();
        app.AnnounceStart();
        app.UseMiddleware<RequestLog>();
        app.UseSecurityHeaders();
        app.GuardOwnEndpoints();
        app.UseFrameworkErrors();
        app.UseBodyLimit();
        app.UseHeadRequests();
        app.UseRouting();
        app.UseMiddleware<PathIds>();
        app.UseMiddleware<PermissionGate>();
        var api = app.MapApi();
        api.MapApiDocument();
        api.MapStatus();
        api.MapOperations();
        api.MapHeatMap();
        api.MapDatastoreOperations();
        api.MapExports();
        api.MapContainers();
        api.MapComputed();
        api.MapPartitions();
        api.MapFields();
        api.MapComputedFields();
        api.MapProfiles();
        api.MapObservability();
        api.MapApplication();
        api.MapUsers();
        api.MapTeams();
        api.MapTokens();
        api.MapDatastores();
        api.MapDatastoreLinks();
        api.MapEnrichment();
        api.MapGroups();
        api.MapTags();
        api.MapConnections();
        api.MapOnboarding();
        api.MapChecks();
        api.MapCheckResults();
        api.MapCheckTemplates();
        api.MapRuleSpecifications();
        api.MapAnomalies();
        api.MapComments();
        api.MapContainerScans();
        api.MapScanMetrics();
        api.MapScores();
        api.MapDryRuns();
        api.MapActivity();
        api.MapMasking();
        api.MapSearch();
        return app;
    }
}
