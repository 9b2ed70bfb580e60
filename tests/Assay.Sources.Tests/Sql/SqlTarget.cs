using System.Globalization;
using Assay.Engine;
using Assay.Sources.Catalogue;
using Assay.Sources.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Sql;

/// <summary>A target with the connector that the server would take for it, and what can be asked of the two.</summary>
internal sealed class SqlTarget(ConnectionSettings connection, SourceScope scope, ServiceProvider? services = null)
{
    private static readonly ServiceProvider plain = new ServiceCollection().AddLogging().AddSources().BuildServiceProvider();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ConnectionSettings Connection => connection;

    public ICatalogConnector Connector { get; } = (ICatalogConnector)(services ?? plain).GetRequiredService<ConnectorCatalogue>().Find(connection.Type);

    public SourceTarget Target => new(connection, scope);

    public Task<TestReport> TestAsync(bool forWriting = false) => Connector.TestAsync(Target, new TestIntent(forWriting), Cancel);

    public async Task<List<ContainerStructure>> ListAsync(ListOptions? options = null)
    {
        var containers = new List<ContainerStructure>();
        await foreach (var container in Connector.ListContainersAsync(Target, options ?? new ListOptions(), Cancel))
            containers.Add(container);
        return containers;
    }

    public async Task<ContainerStructure> ContainerAsync(string name) => (await ListAsync()).Single(c => c.Name == name);

    public async Task<EngineSource> DescribeAsync(ContainerStructure container, Func<ContainerRead, ContainerRead>? restrict = null)
    {
        var read = new ContainerRead { Container = container };
        return await ((IReadable)Connector).DescribeReadAsync(Target, restrict?.Invoke(read) ?? read, Cancel);
    }

    /// <summary>The rows of a container in order of their text, cells separated by bars.</summary>
    public async Task<string[]> RowsAsync(IEngine engine, string container, Func<ContainerRead, ContainerRead>? restrict = null)
    {
        await using var rows = await (await DescribeAsync(await ContainerAsync(container), restrict)).OpenAsync(engine, Cancel);
        var found = new List<string>();
        await foreach (var row in engine.QueryAsync(rows.Query($"SELECT * FROM ({rows.Sql})"), Cancel)) found.Add(string.Join('|', row.Values.Select(Text)));
        found.Sort(StringComparer.Ordinal);
        return [.. found];
    }

    /// <summary>What the engine makes of each column: its type, and the values of the row with the smallest first value.</summary>
    public async Task<Dictionary<string, (string Type, string Value)>> FirstRowAsync(IEngine engine, string container, Func<ContainerRead, ContainerRead>? restrict = null)
    {
        await using var rows = await (await DescribeAsync(await ContainerAsync(container), restrict)).OpenAsync(engine, Cancel);
        await using var reader = await engine.OpenAsync(rows.Query($"SELECT * FROM ({rows.Sql}) ORDER BY 1 LIMIT 1"), Cancel);
        var columns = reader.Columns;
        await foreach (var row in reader.ReadAllAsync(Cancel))
            return columns.Zip(row.Values).ToDictionary(c => c.First.Name, c => (Bare(c.First.Type), Text(c.Second)));
        throw new InvalidOperationException("There are no rows.");
    }

    private static string Bare(string type) => type.StartsWith("Nullable(", StringComparison.Ordinal) ? type["Nullable(".Length..^1] : type;

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
