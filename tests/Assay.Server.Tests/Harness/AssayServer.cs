using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Server.OpenApi;
using Assay.Server.Startup;
using Assay.Testing.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Assay.Server.Tests.Harness.AssayServer))]

namespace Assay.Server.Tests.Harness;

/// <summary>
/// One real server for all tests of the run: Kestrel on a free port, a data folder of its own, and the metadata store that
/// <c>ASSAY_TEST_STORE</c> names: <c>sqlite</c>, the default; <c>postgres</c>, which starts one; or a <c>postgres://</c> URL. Tests share it, so
/// they name what they make uniquely and never count what others made.
/// </summary>
public sealed class AssayServer : IAsyncLifetime
{
    private WebApplication? app;
    private PostgresServer? storeServer;
    private ApiContract? contract;

    public Uri Url { get; private set; } = null!;
    public string DataFolder { get; } = Path.Combine(Path.GetTempPath(), $"assay-tests-{Guid.NewGuid():N}");
    /// <summary>The root of connections of type <c>local</c>.</summary>
    public string FilesFolder { get; } = Directory.CreateTempSubdirectory("assay-files-").FullName;
    internal IServiceProvider Services => app!.Services;

    /// <summary>The metadata store, as <c>ASSAY_DATABASE</c> takes it.</summary>
    public string Database { get; private set; } = "";

    /// <summary>The first administrator.</summary>
    public Api Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await StoreUrlAsync();
        app = await AssayApplication.BuildAsync([], settings =>
        {
            settings.Port = 0;
            settings.Data = DataFolder;
            settings.Database = Database;
            settings.FilesRoot = FilesFolder;
        });
        await app.StartAsync();
        Url = new Uri(app.Urls.First());
        contract = new ApiContract(JsonNode.Parse(await app.Services.GetRequiredService<ApiDocument>().JsonAsync(CancellationToken.None))!);
        Admin = ClientFor(await File.ReadAllTextAsync(Path.Combine(DataFolder, "admin.token")));
    }

    /// <summary>A client that signs in with a token; null for none.</summary>
    public Api ClientFor(string? token)
    {
        var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Api(http, contract);
    }

    // Not the server that holds the tests' own databases: Assay refuses to use its metadata store as a source.
    private async Task<string> StoreUrlAsync()
    {
        var wanted = Environment.GetEnvironmentVariable("ASSAY_TEST_STORE");
        if (wanted is null or "" or "sqlite") return "";
        if (wanted != "postgres") return wanted;
        storeServer = await PostgresServer.StartNewAsync();
        return storeServer.UrlFor(await storeServer.CreateDatabaseAsync("assay"));
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        if (storeServer is not null) await storeServer.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
        Directory.Delete(FilesFolder, recursive: true);
    }
}
