using Assay.Engine.Secrets;
using Assay.Server.Connections.SecretsManagers;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Connections;

/// <summary>What the rest of the server needs of connections: make one, try one that is not stored, use a stored one.</summary>
internal sealed class ConnectionDesk(
    ConnectorCatalogue connectors, ConnectionSecrets secrets, ConnectionTwins twins, SecretsManagerClient managers, ConnectionTester tester,
    IDbContextFactory<AssayDb> contexts, TimeProvider clock)
{
    /// <summary>Stores a new connection in the caller's transaction, or in one of its own where there is none.</summary>
    /// <returns>The connection; a 422 for what is wrong with the request, or a 409 for a name or a connection that is already there.</returns>
    public async Task<Outcome<Connection>> CreateAsync(AssayDb db, ConnectionRequest request, Caller? caller, CancellationToken cancel)
    {
        if (!Draft(request).Try(out var draft, out var refusal)) return refusal;
        return await CreateAsync(db, draft, request.Name is null, caller, cancel);
    }

    /// <summary>The same, of a connection that was tried first and answered: what answered is noted.</summary>
    public async Task<Outcome<Connection>> CreateTestedAsync(AssayDb db, ConnectionRequest request, Caller? caller, CancellationToken cancel)
    {
        if (!Draft(request).Try(out var draft, out var refusal)) return refusal;
        var tested = await tester.TestAsync(async inner => await ReadyAsync(draft.Row, draft.Secrets, inner), new SourceScope(), new TestIntent(), cancel);
        if (!tested.Try(out var report, out var untested)) return untested;
        if (report.Fault is { } fault) return Failure.Unreachable(fault.Message);
        draft.Row.Learn(report.Product);
        return await CreateAsync(db, draft, request.Name is null, caller, cancel);
    }

    private async Task<Outcome<Connection>> CreateAsync(AssayDb db, Drafted draft, bool nameless, Caller? caller, CancellationToken cancel)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        await db.TakeLockAsync(StoreLock.ConnectionNames, cancel);
        if (await ConflictAsync(db, draft, nameless, cancel) is { } conflict) return conflict;
        if (nameless) draft.Row.Name = await ConnectionNames.InventAsync(db, draft.Row, cancel);
        db.Add(draft.Row);
        await db.SaveChangesAsync(cancel);
        await secrets.WriteAsync(db, draft.Row.Id, draft.Secrets.ToDictionary(s => s.Key, Secret? (s) => s.Value), cancel);
        db.Add(Change.Of("connection", draft.Row.Id, Change.Insert, ConnectionChanges.OfNew(draft.Row, draft.Secrets.Keys), caller, draft.Row.Created));
        await db.SaveChangesAsync(cancel);
        if (own is not null) await own.CommitAsync(cancel);
        return draft.Row;
    }

    /// <summary>The settings of a connection that is not stored, ready for a connector.</summary>
    /// <returns>The settings; a 422 for what is wrong with the request, or a 400 where its secrets manager cannot be used.</returns>
    public async Task<Outcome<ConnectionSettings>> DraftAsync(ConnectionRequest request, CancellationToken cancel)
    {
        if (!Draft(request).Try(out var draft, out var refusal)) return refusal;
        try { return await ReadyAsync(draft.Row, draft.Secrets, cancel); }
        catch (SourceException problem) { return Failure.Unreachable(problem.Message); }
    }

    /// <summary>The settings of a stored connection, secrets opened and placeholders filled in, ready for a connector.</summary>
    /// <exception cref="SourceException">There is no such connection, a secret needs to be entered again, or its secrets manager cannot be used.</exception>
    public async Task<ConnectionSettings> SettingsAsync(long connectionId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = await db.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId, cancel)
            ?? throw Fault("find connection", $"Connection id: {connectionId} not found");
        var stored = await secrets.TryOpenAsync(db, connectionId, cancel);
        if (stored.Unreadable.Count > 0) throw Fault("open secrets", NeedsReentry(row.Name, stored.Unreadable));
        return await ReadyAsync(row, stored.Opened, cancel);
    }

    /// <summary>The settings of a connection as a connector takes them, placeholders filled in.</summary>
    /// <exception cref="SourceException">The secrets manager cannot be used, or what it holds does not make a connection.</exception>
    public async Task<ConnectionSettings> ReadyAsync(Connection row, IReadOnlyDictionary<string, Secret> opened, CancellationToken cancel)
    {
        var settings = ConnectionMapping.ToSettings(row, opened);
        if (SecretsManagerSettings.Read(row.SecretsManager) is not { } manager) return settings;
        settings = await managers.FillAsync(settings, manager, opened.GetValueOrDefault(SecretFields.CredentialsPayload), cancel);
        var problems = connectors.Find(row.Type).Validate(settings);
        return problems.Count == 0 ? settings
            : throw Fault("fill placeholders", string.Join("; ", problems.Select(p => $"{string.Join('.', p.Field)}: {p.Message}")));
    }

    public static string NeedsReentry(string name, IReadOnlyList<string> fields) =>
        $"The stored {string.Join(" and ", fields)} of connection '{name}' cannot be opened with the keys at hand and needs re-entry: edit the connection and send it again.";

    private Outcome<Drafted> Draft(ConnectionRequest request)
    {
        if (!connectors.TryFind(request.Type, request.Loc, out var connector, out var unknown)) return unknown;
        var now = clock.UtcNow();
        var row = new Connection
        {
            Name = request.Name?.Trim() ?? "",
            Type = connector.Spec.Type,
            StoreType = connector.Spec.StoreType.ToString().ToLowerInvariant(),
            Created = now,
            Updated = now,
        };
        ConnectionMapping.Apply(request, connector.Spec, row);
        var writes = SecretWrites.Of(request, connector.Spec);
        var fresh = writes.Sent.Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value!, StringComparer.Ordinal);
        var errors = ConnectionChecks.MasksWithoutSecret(writes, new HashSet<string>(), request.Loc)
            .Concat(ConnectionChecks.Problems(connector, row, fresh, request.Loc)).ToList();
        return errors.Count > 0 ? Failure.Invalid(errors) : new Drafted(row, fresh, connector.Spec);
    }

    private async Task<Failure?> ConflictAsync(AssayDb db, Drafted draft, bool nameless, CancellationToken cancel)
    {
        if (!nameless && await ConnectionNames.IsTakenAsync(db, draft.Row.Name, null, cancel))
            return Failure.Conflict($"Connection name: '{draft.Row.Name}' already exists");
        return await twins.FindAsync(db, draft.Row, draft.Secrets, draft.Spec, cancel) is { } twin
            ? Failure.Conflict($"A connection with these credentials already exists: use connection_id {twin.Id} ('{twin.Name}')")
            : null;
    }

    private static SourceException Fault(string step, string message) => new(new SourceFault(SourceFaultCode.InvalidSettings, step, message));

    private sealed record Drafted(Connection Row, IReadOnlyDictionary<string, Secret> Secrets, ConnectorSpec Spec);
}
