using System.Globalization;

namespace Assay.Server.Scans.Reads;

/// <summary>What a scan found out about a check.</summary>
/// <param name="AssertionResult"><c>passed</c>, <c>failed</c> or <c>unasserted</c>.</param>
/// <param name="AssertionDetails">Why it failed or was not asserted.</param>
/// <param name="AnomalousRecords">Null where they cannot be counted.</param>
/// <param name="Measurement">The measured figure; null where the rule measures nothing.</param>
internal sealed record CheckResultView(
    long CheckId, long ContainerScanId, DateTime Created, string AssertionResult, string? AssertionDetails, long? AssertedRecords, long? AnomalousRecords, double? Measurement)
{
    public static CheckResultView Of(CheckResult r) => new(r.CheckId, r.ContainerScanId, r.Created, r.AssertionResult, r.AssertionDetails, r.AssertedRecords, r.AnomalousRecords, Number(r.Measurement));

    public static double? Number(string? measurement) => measurement is null ? null : double.Parse(measurement, CultureInfo.InvariantCulture);
}
