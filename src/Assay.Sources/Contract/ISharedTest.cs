namespace Assay.Sources.Contract;

/// <summary>A connector that can test many schemas of a catalog without signing in for each.</summary>
public interface ISharedTest : IConnector
{
    /// <summary>Tests schemas side by side, each in its own steps; those before the schema are done once. Within 30 s there is a verdict on each.</summary>
    /// <returns>A report for each schema, in order. Never throws for what a source did.</returns>
    Task<IReadOnlyList<TestReport>> TestManyAsync(
        ConnectionSettings connection, string? catalog, IReadOnlyList<string> schemas, TestIntent intent, CancellationToken cancel);
}
