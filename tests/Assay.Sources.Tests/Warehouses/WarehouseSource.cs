using System.Globalization;
using System.Text.Json;
using Assay.Engine;
using Assay.Engine.Secrets;
using Assay.Sources.Catalogue;
using Assay.Sources.Reading;
using Assay.Testing.Warehouses;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Warehouses;

/// <summary>A connector of the whole catalogue on a stand-in, and what tests ask of it.</summary>
internal sealed class WarehouseSource(ConnectionSettings settings, string? database, string? schema)
{
    private static readonly ServiceProvider services = new ServiceCollection().AddLogging().AddSources().BuildServiceProvider();

    /// <summary>A schema at a vendor's stand-in.</summary>
    public static WarehouseSource Of(Vendor vendor, string schema) => new(
        Connection(vendor.Type, StandIn.Host, vendor.StandIn.Port, vendor.User, vendor.Password, vendor.Parameters) with { Catalog = vendor.OwnCatalog }, vendor.Catalog, schema);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public IConnector Connector { get; } = services.GetRequiredService<ConnectorCatalogue>().Find(settings.Type);
    public ICatalogConnector Catalogs => (ICatalogConnector)Connector;
    public ConnectionSettings Settings => settings;
    public SourceTarget Target { get; } = new(settings, new SourceScope(database, schema));

    public static ConnectionSettings Connection(string type, string? host, int? port, string? username, string? password, object? parameters = null) => new()
    {
        Type = type,
        Host = host,
        Port = port,
        Username = username,
        Password = password is null ? null : new Secret(password),
        Parameters = JsonSerializer.SerializeToElement(parameters ?? new { }).EnumerateObject().ToDictionary(p => p.Name, p => p.Value),
    };

    /// <summary>The problems of settings as <c>field.path kind</c>.</summary>
    public static string[] Problems(ConnectionSettings connection) =>
        [.. services.GetRequiredService<ConnectorCatalogue>().Find(connection.Type).Validate(connection).Select(p => $"{string.Join('.', p.Field)} {p.Kind}")];

    /// <summary>Waits for something to become true, at most a minute.</summary>
    public static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await happened()) await Task.Delay(50, patience.Token);
    }

    public static Task UntilAsync(Func<bool> happened) => UntilAsync(() => Task.FromResult(happened()));

    public Task<TestReport> TestAsync(bool forWriting = false) => Connector.TestAsync(Target, new TestIntent(forWriting), Cancel);

    public async Task<List<ContainerStructure>> ListAsync(ListOptions? list = null) =>
        await Connector.ListContainersAsync(Target, list ?? new ListOptions(), Cancel).ToListAsync(Cancel);

    public async Task<ContainerStructure> ContainerAsync(string name) => (await ListAsync()).Single(c => c.Name == name);

    /// <summary>The rows of a container in the order in which they come, cells separated by bars, with the engine's types.</summary>
    public async Task<(string Types, string[] Rows)> RowsAsync(IEngine engine, ContainerStructure container, Func<ContainerRead, ContainerRead>? restrict = null, CancellationToken? cancel = null)
    {
        var read = new ContainerRead { Container = container };
        var described = await ((IReadable)Connector).DescribeReadAsync(Target, restrict?.Invoke(read) ?? read, Cancel);
        await using var rows = await described.OpenAsync(engine, cancel ?? Cancel);
        await using var reader = await engine.OpenAsync(rows.Query($"SELECT * FROM ({rows.Sql}) ORDER BY ALL"), Cancel);
        var found = new List<string>();
        await foreach (var row in engine.QueryAsync(rows.Query($"SELECT * FROM ({rows.Sql}) ORDER BY ALL"), Cancel)) found.Add(string.Join('|', row.Values.Select(Text)));
        return (string.Join(", ", reader.Columns.Select(c => c.Type)), [.. found]);
    }

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
