using System.Diagnostics;
using Assay.Sources.Contract;

namespace Assay.Sources.Probing;

/// <summary>
/// Keeps the record of a connection test: which step is under way, how each ended and how long it took. Once there is a report the
/// record is closed: what an abandoned test still does is not part of it.
/// </summary>
/// <param name="names">All steps in order. Those that are never begun are reported as skipped.</param>
internal sealed class TestRun(TimeProvider time, IReadOnlyList<string> names)
{
    private readonly Lock writing = new();
    private readonly List<TestStep> done = [];
    private string current = names[0];
    private long begun;
    private bool closed;

    /// <summary>The step under way.</summary>
    public string Current
    {
        get
        {
            lock (writing)
                return current;
        }
    }

    public SourceProduct? Product { get; set; }

    /// <summary>A record of its own that begins with what has been done so far, for tests that share their first steps.</summary>
    public TestRun Fork()
    {
        lock (writing)
        {
            var fork = new TestRun(time, names) { Product = Product, current = current };
            fork.done.AddRange(done);
            return fork;
        }
    }

    public void Begin(string name)
    {
        lock (writing)
        {
            Debug.Assert(names.Contains(name) && done.All(step => step.Name != name), $"'{name}' begun twice");
            current = name;
            begun = time.GetTimestamp();
        }
    }

    /// <param name="took">Where the time is known better than "since the step began".</param>
    public void Pass(string detail, TimeSpan? took = null) => End(TestStepResult.Passed, detail, took);

    /// <summary>The step found something that somebody should know, but that is no reason to refuse the source.</summary>
    public void Warn(string detail, TimeSpan? took = null) => End(TestStepResult.Warning, detail, took);

    public void Skip(string name, string detail) => Add(new TestStep(name, TestStepResult.Skipped, detail, 0));

    /// <summary>Ends the step under way, and with it the test; between two steps it is the next that fails.</summary>
    public TestReport Fail(SourceFault fault)
    {
        lock (writing)
        {
            if (done.Exists(step => step.Name == current))
                current = names.FirstOrDefault(name => !done.Exists(step => step.Name == name), current);
            End(TestStepResult.Failed, fault.Message, null);
            return Report(fault);
        }
    }

    public TestReport Succeed() => Report(null);

    private TestReport Report(SourceFault? fault)
    {
        lock (writing)
        {
            closed = true;
            return new TestReport(
                [.. names.Select(name => done.Find(step => step.Name == name) ?? new TestStep(name, TestStepResult.Skipped, null, 0))], fault)
            {
                Product = Product,
            };
        }
    }

    private void End(TestStepResult result, string detail, TimeSpan? took)
    {
        lock (writing)
            Add(new TestStep(current, result, detail, (long)(took ?? time.GetElapsedTime(begun)).TotalMilliseconds));
    }

    private void Add(TestStep step)
    {
        lock (writing)
        {
            if (closed)
                return;
            Debug.Assert(done.All(other => other.Name != step.Name), $"'{step.Name}' ended twice");
            done.Add(step);
        }
    }
}
