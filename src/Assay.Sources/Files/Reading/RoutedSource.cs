using Assay.Engine;
using Assay.Sources.Files.Gateway;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>Files that the engine reads by itself, on a way that is open as long as the rows are.</summary>
/// <param name="open">Opens the way.</param>
/// <param name="select">Writes the SELECT, given the cluster for <c>...Cluster</c> functions (or null) and a place for the values.</param>
internal sealed class RoutedSource(Func<CancellationToken, Task<EngineRoute>> open, Func<EngineReach, string?, Placeholders, string> select) : EngineSource
{
    /// <summary>Writes the SELECT of the number of rows, where the files say it of themselves.</summary>
    public Func<EngineReach, string?, Placeholders, string>? Count { get; init; }

    public override async Task<EngineRows> OpenAsync(IEngine engine, CancellationToken cancel)
    {
        var route = await open(cancel);
        try
        {
            var placeholders = new Placeholders();
            return new EngineRows(select(route.Reach, engine.Cluster, placeholders), placeholders.Bind, () =>
            {
                route.Dispose();
                return ValueTask.CompletedTask;
            })
            {
                CountSql = Count?.Invoke(route.Reach, engine.Cluster, placeholders),
            };
        }
        catch
        {
            route.Dispose();
            throw;
        }
    }
}
