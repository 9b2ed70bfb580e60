using System.Text.Json.Nodes;
using Assay.Engine;
using Assay.Quality.Scanning;
using Assay.Server.Checks.Reads;
using Assay.Server.Checks.Writes;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Operations.Scan;
using Assay.Server.Reading;
using Assay.Server.Scans.Results;
using Assay.Server.Store;
using Assay.Server.Web;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.DryRuns;

/// <summary>Tries a check on its container's records as they are now, by the very way that scans take.</summary>
internal sealed class DryRun(AssayDb db, CheckReviewer reviewer, ContainerReader reader, ContainerScanner scanner, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(110);

    public async Task<Outcome<DryRunView>> OfAsync(long checkId, DryRunRequest request, CancellationToken cancel)
    {
        if (await db.Set<QualityCheck>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == checkId, cancel) is not { } check) return CheckAccess.NotFound(checkId);
        if (check.ContainerId is not { } container) return Failure.Conflict("A template has no records to be tried on");
        var fields = await db.Set<CheckField>().Where(f => f.CheckId == checkId).OrderBy(f => f.Position).Select(f => f.Name).ToListAsync(cancel);
        return await RunAsync(container, check, fields, request, cancel);
    }

    public async Task<Outcome<DryRunView>> OfAsync(NewDryRunRequest request, Caller caller, CancellationToken cancel)
    {
        var wanted = request.QualityCheck!;
        var plan = CheckPlan.Of(wanted) with { Status = CheckStatus.Active };
        if (!(await reviewer.ReviewAsync(plan, caller, cancel)).Try(out var reviewed, out var invalid)) return invalid;
        var check = new QualityCheck
        {
            ContainerId = wanted.ContainerId,
            RuleType = plan.Rule,
            Description = wanted.Description,
            Status = CheckStatus.Active,
            Coverage = reviewed.Coverage,
            Filter = reviewed.Filter,
            Properties = reviewed.Properties,
            ExpectedTypes = reviewed.ExpectedTypes,
            AnomalyMessageField = plan.MessageField,
        };
        return await RunAsync(wanted.ContainerId, check, reviewed.Fields, request, cancel);
    }

    private async Task<Outcome<DryRunView>> RunAsync(long container, QualityCheck check, IReadOnlyList<string> fields, DryRunRequest request, CancellationToken cancel)
    {
        if (!CheckVariables.Read(request.CheckVariables, ["body", "check_variables"]).Try(out var variables, out var invalid)) return invalid;
        if (await reader.FindAsync(container, cancel) is not { } stored) return Failure.NotFound("Container", container);
        if (stored.Readable.Count == 0) return Failure.Conflict($"The fields of container id: {container} are not known; run a sync first");
        var settings = ScanSettings.Parse("{}") with
        {
            CheckVariables = variables,
            MaxRecordsAnalyzedPerPartition = request.MaxRecordsAnalyzedPerPartition is 0 ? -1 : request.MaxRecordsAnalyzedPerPartition,
            HighCountRollupThreshold = 1,
            EnrichmentSourceRecordLimit = request.Limit,
        };
        var started = clock.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            var outcome = await scanner.TryAsync(stored, [StoredCheck.Of(check, fields)], settings, patience.Token);
            var view = View(outcome, stored, request, clock.GetElapsedTime(started));
            var hidden = (await CheckMask.ReadAsync(db, [check], cancel)).Hides(check, fields);
            return hidden && view.Status == FoundResult.Failed ? view with { Message = CheckMask.Message(check.RuleType, fields) } : view;
        }
        catch (Exception problem) when (problem is SourceException or EngineException)
        {
            return Failure.Unreachable(ReadProblem.Of(problem));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failure.Unreachable($"The check was not done within {Patience.TotalSeconds} seconds; try it on fewer records.");
        }
    }

    private static DryRunView View(ScanOutcome outcome, StoredContainer stored, DryRunRequest request, TimeSpan took)
    {
        var found = Findings.Of(outcome, stored, whole: false, incremental: false, checkpoint: null);
        var result = found.Results[0];
        var hidden = stored.Readable.Where(f => f.Status == FieldStatus.Masked).Select(f => f.Name).ToList();
        var records = new JsonArray([.. found.Anomalies.SelectMany(a => a.Records).Take(request.Limit).Select(r => Hide((JsonObject)JsonNode.Parse(r.Json)!, hidden))]);
        var message = found.Anomalies.SelectMany(a => a.Failures).Select(f => f.Message).FirstOrDefault() ?? (result.Result == FoundResult.Passed ? null : result.Details);
        return new DryRunView(result.Result, message, (long)took.TotalMilliseconds, request.MaxRecordsAnalyzedPerPartition, outcome.Records,
            result.Asserted ?? 0, result.Anomalous, records.ToJsonString(Json.Options));
    }

    private static JsonObject Hide(JsonObject record, List<string> hidden)
    {
        foreach (var name in hidden.Where(record.ContainsKey)) record[name] = Mask.Text;
        return record;
    }
}
