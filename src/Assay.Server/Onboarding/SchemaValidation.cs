using Assay.Server.Connections;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;

namespace Assay.Server.Onboarding;

/// <summary>
/// Tries schemas side by side. The first is tried alone: where already the way to the source fails, all the others have failed
/// with it, so that a host that swallows every packet costs one time-out and not one for each schema.
/// </summary>
internal sealed class SchemaValidation(TableSources sources, ConnectionTester tester)
{
    private const int SideBySide = 8;

    public async Task<Outcome<ValidationResult>> RunAsync(ValidateWithConnectionRequest request, CancellationToken cancel) =>
        sources.Of(request.Connection).Try(out var source, out var failure) ? await RunAsync(source, request, cancel) : failure;

    public async Task<Outcome<ValidationResult>> RunAsync(long connectionId, ValidateRequest request, CancellationToken cancel) =>
        (await sources.OfAsync(connectionId, cancel)).Try(out var source, out var failure) ? await RunAsync(source, request, cancel) : failure;

    private async Task<Outcome<ValidationResult>> RunAsync(TableSource source, ValidateRequest request, CancellationToken cancel)
    {
        var spec = source.Connector.Spec;
        if (request.Schemas.Count == 0) return Failure.Invalid(FieldError.InBody("schemas", "List should have at least 1 item, not 0", "too_short"));
        if (request.EnrichmentOnly == true && !spec.SupportsEnrichment) return Failure.Conflict($"Datastores of type '{spec.Type}' cannot be enrichment stores");
        var intent = new TestIntent(request.EnrichmentOnly == true);
        if (source.Connector is ISharedTest shared && !spec.SchemaIsDatabase)
            return (await tester.TestManyAsync(shared, source.Ready, DatabaseOf(request), request.Schemas, intent, cancel)).Try(out var reports, out var untested)
                ? new ValidationResult([.. request.Schemas.Zip(reports, (schema, report) => SchemaVerdict.Of(schema, report.Fault))])
                : untested.Status == StatusCodes.Status400BadRequest ? Same(request.Schemas, Untried(untested)) : untested;
        return await EachAsync(source, request, intent, cancel);
    }

    /// <summary>With connectors that sign in for each schema.</summary>
    private async Task<Outcome<ValidationResult>> EachAsync(TableSource source, ValidateRequest request, TestIntent intent, CancellationToken cancel)
    {
        var spec = source.Connector.Spec;
        var level = new SchemaLevel(spec);
        var scopes = request.Schemas.Select(s => level.ScopeOf(DatabaseOf(request), s)).ToArray();

        ConnectionSettings? settings = null;
        var first = await tester.TestAsync(async inner =>
        {
            var ready = await source.Ready(inner);
            ready.Try(out settings, out _);
            return ready;
        }, scopes[0], intent, cancel);
        if (first.Failure is { Status: not StatusCodes.Status400BadRequest } refusal) return refusal;
        var problem = FaultOf(first);
        // Without settings the secrets manager failed, which is as good as the sign-in.
        var shared = settings is null || IsShared(first, spec) ? problem : null;
        if (settings is null || shared is not null) return Same(request.Schemas, problem!);

        var problems = new SourceFault?[scopes.Length];
        problems[0] = problem;
        var width = settings.MaxParallelization is > 0 and < SideBySide ? settings.MaxParallelization.Value : SideBySide;
        await Parallel.ForEachAsync(Enumerable.Range(1, scopes.Length - 1), new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = cancel }, async (i, inner) =>
        {
            // The source may also go away in the middle.
            if (Volatile.Read(ref shared) is { } lost) { problems[i] = lost; return; }
            var tested = await tester.TestAsync(settings, scopes[i], intent, inner);
            problems[i] = FaultOf(tested);
            if (IsShared(tested, spec)) Volatile.Write(ref shared, problems[i]);
        });
        return new ValidationResult([.. request.Schemas.Select((s, i) => SchemaVerdict.Of(s, problems[i]))]);
    }

    private static string? DatabaseOf(ValidateRequest request) => string.IsNullOrWhiteSpace(request.Database) ? null : request.Database;

    private static SourceFault? FaultOf(Outcome<TestReport> tested) => tested.Try(out var report, out var failure) ? report.Fault : Untried(failure);

    /// <summary>What kept a test from beginning: the settings, or the secrets manager behind them.</summary>
    private static SourceFault Untried(Failure failure) => new(SourceFaultCode.InvalidSettings, "check settings", failure.Text);

    // Where each schema is a database of its own, a missing one says nothing about the next.
    private static bool IsShared(Outcome<TestReport> tested, ConnectorSpec spec) =>
        tested.Try(out var report, out _) && report.Fault is { } fault && WayToSource.Covers(fault)
        && !(spec.SchemaIsDatabase && fault.Code is SourceFaultCode.CatalogNotFound or SourceFaultCode.PermissionDenied);

    private static ValidationResult Same(IReadOnlyList<string> schemas, SourceFault problem) => new([.. schemas.Select(s => SchemaVerdict.Of(s, problem))]);
}
