using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Sources.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Files;

/// <summary>A connector of a whole catalogue, and what tests ask of it.</summary>
internal sealed class FileSource(string type, Action<SourcesOptions>? configure = null, Action<IServiceCollection>? services = null)
{
    public IConnector Connector { get; } = Find(type, configure, services);

    private static IConnector Find(string type, Action<SourcesOptions>? configure, Action<IServiceCollection>? more)
    {
        var services = new ServiceCollection().AddLogging();
        more?.Invoke(services);
        return services.AddSources(configure).BuildServiceProvider().GetRequiredService<ConnectorCatalogue>().Find(type);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Settings from what a client would send: secrets and parameters as plain values.</summary>
    public ConnectionSettings Settings(string? uri, string? accessKey = null, string? secretKey = null, object? parameters = null) => new()
    {
        Type = type,
        Uri = uri,
        AccessKey = accessKey,
        SecretKey = secretKey is null ? null : new Secret(secretKey),
        Parameters = JsonSerializer.SerializeToElement(parameters ?? new { }).EnumerateObject().ToDictionary(p => p.Name, p => p.Value),
    };

    /// <summary>The problems of settings as <c>field.path kind</c>.</summary>
    public string[] Problems(ConnectionSettings settings) => [.. Connector.Validate(settings).Select(p => $"{string.Join('.', p.Field)} {p.Kind}")];

    public Task<TestReport> TestAsync(ConnectionSettings settings, string rootPath = "/", bool forWriting = false) =>
        Connector.TestAsync(new SourceTarget(settings, new SourceScope(RootPath: rootPath)), new TestIntent(forWriting), Cancel);

    public async Task<List<ContainerStructure>> ListAsync(ConnectionSettings settings, string rootPath = "/", bool globbing = false) =>
        await Connector.ListContainersAsync(new SourceTarget(settings, new SourceScope(RootPath: rootPath, FolderGlobbing: globbing)), new ListOptions(), Cancel)
            .ToListAsync(Cancel);

    public async Task<string[]> NamesAsync(ConnectionSettings settings, string rootPath = "/") =>
        [.. (await ListAsync(settings, rootPath)).Select(c => c.Name).Order(StringComparer.Ordinal)];
}
