namespace Assay.Sources.Contract;

public enum TestStepResult { Passed, Failed, Warning, Skipped }

/// <param name="Name">The step's name, such as <c>resolve host</c>.</param>
/// <param name="Detail">What was found, or for a failure the plain message.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record TestStep(string Name, TestStepResult Result, string? Detail, long Milliseconds);

/// <summary>The verdict of a connection test: its steps in order, and the fault of the one that failed.</summary>
public sealed record TestReport(IReadOnlyList<TestStep> Steps, SourceFault? Fault)
{
    public bool Connected => Fault is null;
    /// <summary>The product behind the connection where the test learned it, for the connection's read-only fields.</summary>
    public SourceProduct? Product { get; init; }
}

/// <summary>What answers at the other end: product and driver names and versions.</summary>
public sealed record SourceProduct(string Name, string Version, string DriverName, string DriverVersion);

/// <param name="ForWriting">The datastore is to be an enrichment store: write rights are tested too.</param>
public sealed record TestIntent(bool ForWriting = false);
