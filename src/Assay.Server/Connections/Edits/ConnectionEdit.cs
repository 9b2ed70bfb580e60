using Assay.Engine.Secrets;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;

namespace Assay.Server.Connections.Edits;

/// <param name="Before">The connection as stored.</param>
/// <param name="After">The connection as it is to be.</param>
/// <param name="Writes">What happens to secrets, where they really change.</param>
/// <param name="Secrets">All secrets as they are to be; empty where <paramref name="Reaching"/> is false, since then nothing needs them.</param>
/// <param name="Reaching">Whether anything changed that decides if the source can be reached.</param>
internal sealed record ConnectionEdit(
    Connection Before, Connection After, IReadOnlyDictionary<string, Secret?> Writes, IReadOnlyDictionary<string, Secret> Secrets, bool Reaching);

/// <summary>Joins a change with what is stored, for saving and for trying alike, so that both obey one set of rules.</summary>
internal sealed class ConnectionEdits(ConnectorCatalogue connectors, ConnectionSecrets secrets)
{
    /// <param name="row">The stored connection; it becomes what the change makes of it.</param>
    /// <param name="type">The type that the client sent along.</param>
    public async Task<Outcome<ConnectionEdit>> PlanAsync(AssayDb db, Connection row, ConnectionFields change, string? type, CancellationToken cancel)
    {
        if (!connectors.TryFind(row.Type, out var connector)) return Failure.Conflict($"This build of Assay has no connector of type '{row.Type}'");
        if (type is not null && !type.Trim().Equals(row.Type, StringComparison.OrdinalIgnoreCase))
            return Failure.Invalid(new FieldError([.. change.Loc, "type"], $"The type of a connection cannot be changed: it is '{row.Type}'", "value_error"));
        var before = row.Copy();
        ConnectionMapping.Apply(change, connector.Spec, row);
        var writes = SecretWrites.Of(change, connector.Spec);
        var stored = await ConnectionSecrets.NamesAsync(db, row.Id, cancel);
        var errors = ConnectionChecks.MasksWithoutSecret(writes, stored, change.Loc)
            .Concat(SecretReuse.Problems(before, row, connector.Spec, stored.Except(writes.Sent.Keys), change.Loc)).ToList();
        return errors.Count > 0 ? Failure.Invalid(errors) : await JoinAsync(db, before, row, connector, writes, change.Loc, cancel);
    }

    private async Task<Outcome<ConnectionEdit>> JoinAsync(
        AssayDb db, Connection before, Connection after, IConnector connector, SecretWrites writes, IReadOnlyList<object> loc, CancellationToken cancel)
    {
        var moved = !ConnectionEndpoint.ReachesAlike(before, after);
        if (!moved && writes.Sent.Count == 0) return new ConnectionEdit(before, after, new Dictionary<string, Secret?>(), new Dictionary<string, Secret>(), false);
        var stored = await secrets.TryOpenAsync(db, before.Id, cancel);
        var real = writes.Sent.Where(w => IsChange(w.Key, w.Value, stored)).ToDictionary(StringComparer.Ordinal);
        if (!moved && real.Count == 0) return new ConnectionEdit(before, after, real, new Dictionary<string, Secret>(), false);
        var all = stored.Opened.Where(s => !real.ContainsKey(s.Key)).Concat(real.Where(w => w.Value is not null).Select(w => KeyValuePair.Create(w.Key, w.Value!)))
            .ToDictionary(StringComparer.Ordinal);
        var errors = stored.Unreadable.Where(field => !real.ContainsKey(field))
            .Select(field => new FieldError([.. loc, .. SecretFields.Loc(field)], ConnectionDesk.NeedsReentry(before.Name, [field]), "secret_required")).ToList();
        if (errors.Count == 0) errors.AddRange(ConnectionChecks.Problems(connector, after, all, loc));
        return errors.Count > 0 ? Failure.Invalid(errors) : new ConnectionEdit(before, after, real, all, true);
    }

    /// <summary>Clients send back what they hold: the same secret again is no change, and neither is clearing what is not there.</summary>
    private static bool IsChange(string field, Secret? value, OpenedSecrets stored)
    {
        if (stored.Unreadable.Contains(field)) return true;
        return stored.Opened.TryGetValue(field, out var old) ? value is null || old.Reveal() != value.Reveal() : value is not null;
    }
}
