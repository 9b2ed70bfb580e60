using Assay.Sources.Probing;

namespace Assay.Sources.Sql;

/// <summary>Keeps track of how far the opening of a session has come, and tells it to a connection test where there is one.</summary>
internal sealed class SqlOpening(TestRun? run = null)
{
    /// <summary>The step under way.</summary>
    public string Step { get; private set; } = SqlSteps.Settings;

    /// <summary>True where a person waits for a verdict: steps get less time.</summary>
    public bool Testing => run is not null;

    public void Begin(string step)
    {
        Step = step;
        run?.Begin(step);
    }

    public void Pass(string detail, TimeSpan? took = null) => run?.Pass(detail, took);

    public void Warn(string detail, TimeSpan? took = null) => run?.Warn(detail, took);

    public void Skip(string step, string detail) => run?.Skip(step, detail);
}
