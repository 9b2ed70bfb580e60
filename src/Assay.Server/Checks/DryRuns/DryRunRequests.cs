using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Assay.Server.Checks.Writes;
using Assay.Server.Web.Requests;

namespace Assay.Server.Checks.DryRuns;

/// <summary>How a check is tried.</summary>
internal record DryRunRequest : JsonRequest
{
    public const long DefaultRecords = 10_000;

    [Description("Records to look at, of each partition; -1 for all.")]
    [Range(-1, 1_000_000), NotNull]
    public long MaxRecordsAnalyzedPerPartition { get; set; } = DefaultRecords;

    [Description("Texts for the variables in its expressions.")]
    public IReadOnlyDictionary<string, JsonElement>? CheckVariables { get; set; }

    [Description("Records to show, at most.")]
    [Range(1, 10_000), NotNull]
    public int Limit { get; set; } = 10;
}

/// <summary>A check that is not saved, to be tried.</summary>
internal sealed record NewDryRunRequest : DryRunRequest
{
    [Description("The check as it would be created.")]
    [Required]
    public CheckRequest? QualityCheck { get; set; }
}

/// <summary>What a scan would say of a check now. Nothing of it is stored.</summary>
/// <param name="Status"><c>passed</c>, <c>failed</c> or <c>unasserted</c>.</param>
/// <param name="Message">Why it fails or cannot be asserted; null where it passes.</param>
/// <param name="DurationMs">Milliseconds that it took, reading included.</param>
/// <param name="SampleLimit">Records looked at, of each partition; -1 for all.</param>
/// <param name="RecordsAnalyzed">Records looked at.</param>
/// <param name="AssertedRecords">Those of them that the filter let through.</param>
/// <param name="AnomalousRecords">Those of them that fail; null where that cannot be counted.</param>
/// <param name="SourceRecords">Failing records: a JSON array of objects by field name, as text. Masked values are hidden.</param>
internal sealed record DryRunView(
    string Status, string? Message, long DurationMs, long SampleLimit, long RecordsAnalyzed, long AssertedRecords, long? AnomalousRecords, string SourceRecords);
