using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Sources.Catalogue;
using Assay.Sources.Network;
using Assay.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Postgres;

/// <summary>The connector as the server gets it, and targets for it.</summary>
internal static class PostgresSources
{
    private static readonly ServiceProvider services = new ServiceCollection().AddLogging().AddSources().BuildServiceProvider();

    public static ICatalogConnector Connector { get; } = (ICatalogConnector)services.GetRequiredService<ConnectorCatalogue>().Find("postgresql");

    public static OwnEndpoints Own => services.GetRequiredService<OwnEndpoints>();

    public static ConnectionSettings Connection(this PostgresServer server, PostgresRole role, params (string Name, object Value)[] parameters) => new()
    {
        Type = "postgresql",
        Host = server.Host,
        Port = server.Port,
        Username = role.Name,
        Password = new Secret(role.Password),
        Parameters = parameters.ToDictionary(p => p.Name, p => JsonSerializer.SerializeToElement(p.Value)),
    };

    public static SourceTarget Target(this ConnectionSettings connection, string? database, string? schema = "public") =>
        new(connection, new SourceScope(database, schema));

    public static Task<TestReport> TestAsync(this SourceTarget target, bool forWriting = false) =>
        Connector.TestAsync(target, new TestIntent(forWriting), TestContext.Current.CancellationToken);

    public static async Task<List<ContainerStructure>> ListAsync(this SourceTarget target, ListOptions? options = null)
    {
        var containers = new List<ContainerStructure>();
        await foreach (var container in Connector.ListContainersAsync(target, options ?? new ListOptions(), TestContext.Current.CancellationToken))
            containers.Add(container);
        return containers;
    }

    public static TestStep Step(this TestReport report, string name) => report.Steps.Single(step => step.Name == name);
}
