using Assay.Server.Connections;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores.Writes;

/// <summary>Tries whether a datastore can be reached: read, and for an enrichment store also written.</summary>
internal sealed class DatastoreTester(ConnectionDesk connections, ConnectionTester tester, ConnectorCatalogue connectors, IDbContextFactory<AssayDb> contexts, ILogger<DatastoreTester> log)
{
    /// <summary>How long the answer to a creation waits for the first verdict.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(3);

    /// <summary>Tests what a create request describes, and stores nothing.</summary>
    /// <returns>Null when all is well; a 422 or 404 for the request, a 400 with the message of what could not be reached.</returns>
    public async Task<Failure?> RefuseAsync(DatastorePlace place, CancellationToken cancel)
    {
        if (DatastoreChecks.Problems(place) is { Count: > 0 } problems) return Failure.Invalid(problems);
        if (!(await TypeAsync(place, cancel)).Try(out var type, out var failure)) return failure;
        var storeType = connectors.TryFind(type, out var connector) ? connector.Spec.StoreType.ToString().ToLowerInvariant() : "";
        if (connector is null) return Failure.Unreachable($"This build of Assay has no connector of type '{type}'.");
        if (!DatastoreScope.Of(connectors, type, storeType, place.Database, place.Schema, place.RootPath, place.FolderGlobbingEnabled ?? false).Try(out var scope, out failure)) return failure;
        if (place.IsEnrichment && !connector.Spec.SupportsEnrichment) return Failure.Conflict($"Datastores of type '{type}' cannot be enrichment stores");
        var tested = place.Connection is { } fresh
            ? await tester.TestAsync(token => connections.DraftAsync(fresh, token), scope, new TestIntent(place.IsEnrichment), cancel)
            : await TestAsync(place.ConnectionId!.Value, scope, place.IsEnrichment, cancel);
        if (!tested.Try(out var report, out failure)) return failure;
        return report.Fault is { } fault ? Failure.Unreachable(fault.Message) : null;
    }

    /// <summary>Tests a stored datastore and notes the verdict.</summary>
    public async Task<Outcome<Verdict>> VerifyAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Set<Datastore>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel) is not { } datastore)
            return Failure.NotFound("Datastore", id);
        if (!(await TestAsync(datastore.ConnectionId, datastore.Scope, datastore.EnrichmentOnly, cancel)).Try(out var report, out var failure)) return failure;
        if (report.Connected != datastore.Connected)
            await db.Set<Datastore>().Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.Connected, report.Connected), cancel);
        return new Verdict(report.Connected, report.Fault?.Message);
    }

    /// <summary>Has a first look at a new datastore, for a moment only: its creation does not depend on it.</summary>
    public async Task LookAsync(long id, CancellationToken cancel)
    {
        using var brief = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        brief.CancelAfter(FirstLook);
        try { await VerifyAsync(id, brief.Token); }
        catch (OperationCanceledException) { log.LogInformation("Datastore {Datastore} did not answer within {Seconds} s of its creation", id, FirstLook.TotalSeconds); }
    }

    private Task<Outcome<TestReport>> TestAsync(long connectionId, SourceScope scope, bool forWriting, CancellationToken cancel) =>
        tester.TestAsync(async token => await connections.SettingsAsync(connectionId, token), scope, new TestIntent(forWriting), cancel);

    private async Task<Outcome<string>> TypeAsync(DatastorePlace place, CancellationToken cancel)
    {
        if (place.Connection is { } fresh)
            return connectors.TryFind(fresh.Type, fresh.Loc, out var connector, out var unknown) ? connector.Spec.Type : unknown;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<Connection>().Where(c => c.Id == place.ConnectionId).Select(c => c.Type).FirstOrDefaultAsync(cancel) is { } type
            ? type : Failure.NotFound("Connection", place.ConnectionId!);
    }
}

/// <summary>Whether a datastore could be reached.</summary>
/// <param name="Message">Why it could not, in plain words; absent where it could.</param>
internal sealed record Verdict(bool Connected, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Message);
