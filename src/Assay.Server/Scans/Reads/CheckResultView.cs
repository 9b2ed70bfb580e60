using System.Globalization;
using Assay.Server.Masking;

namespace Assay.Server.Scans.Reads;

/// <summary>What a scan found out about a check.</summary>
/// <param name="AssertionResult"><c>passed</c>, <c>failed</c> or <c>unasserted</c>.</param>
/// <param name="AssertionDetails">Why it failed or was not asserted.</param>
/// <param name="AnomalousRecords">Null where they cannot be counted.</param>
/// <param name="Measurement">The measured figure; null where the rule measures nothing.</param>
internal sealed record CheckResultView(
    long CheckId, long ContainerScanId, DateTime Created, string AssertionResult, string? AssertionDetails, long? AssertedRecords, long? AnomalousRecords, double? Measurement)
{
    /// <param name="hidden">Whether it would tell values of a masked field.</param>
    public static CheckResultView Of(CheckResult r, bool hidden) => new(r.CheckId, r.ContainerScanId, r.Created, r.AssertionResult,
        hidden && r.AssertionDetails is not null ? Mask.Text : r.AssertionDetails, r.AssertedRecords, r.AnomalousRecords, hidden ? null : Number(r.Measurement));

    public static double? Number(string? measurement) => measurement is null ? null : double.Parse(measurement, CultureInfo.InvariantCulture);
}
