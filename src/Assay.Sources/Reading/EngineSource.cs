using Assay.Engine;

namespace Assay.Sources.Reading;

/// <summary>
/// A container as something that the engine can read. Opening it costs nothing where the engine reaches the source by a table
/// function; where it cannot, the rows are first streamed into a staging table of the engine.
/// </summary>
public abstract class EngineSource
{
    private protected EngineSource()
    {
    }

    /// <summary>Makes the rows readable on an engine. Dispose the answer after the last statement on it: staging tables go with it.</summary>
    public abstract Task<EngineRows> OpenAsync(IEngine engine, CancellationToken cancel);
}
