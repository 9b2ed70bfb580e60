using System.Diagnostics.CodeAnalysis;
using Assay.Server.Checks.Reads;

namespace Assay.Server.Checks.Results;

/// <summary>A check with what its latest scans measured.</summary>
internal sealed record MeasuredCheckView : CheckView
{
    [SetsRequiredMembers]
    public MeasuredCheckView(CheckView check, IReadOnlyList<CheckMeasurement> measurements) : base(check) => Measurements = measurements;

    public IReadOnlyList<CheckMeasurement> Measurements { get; }
}

/// <summary>A figure that a scan measured.</summary>
internal sealed record CheckMeasurement(DateTime Created, double Value);

/// <summary>A check with its latest anomalies in short.</summary>
internal sealed record ObservedCheckView : CheckView
{
    [SetsRequiredMembers]
    public ObservedCheckView(CheckView check, IReadOnlyList<CheckAnomaly> anomalies) : base(check) => Anomalies = anomalies;

    public IReadOnlyList<CheckAnomaly> Anomalies { get; }
}

/// <summary>An anomaly of a check in short.</summary>
internal sealed record CheckAnomaly(DateTime Created, long Id, string Status);
