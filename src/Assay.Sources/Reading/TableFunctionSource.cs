using Assay.Engine;

namespace Assay.Sources.Reading;

/// <summary>A source that the engine reads by itself.</summary>
/// <param name="select">Writes the SELECT, given the cluster for <c>...Cluster</c> functions (or null) and a place for the values.</param>
internal sealed class TableFunctionSource(Func<string?, Placeholders, string> select) : EngineSource
{
    public override Task<EngineRows> OpenAsync(IEngine engine, CancellationToken cancel)
    {
        var placeholders = new Placeholders();
        return Task.FromResult(new EngineRows(select(engine.Cluster, placeholders), placeholders.Bind));
    }
}
