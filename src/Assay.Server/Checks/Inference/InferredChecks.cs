using System.Text.RegularExpressions;
using Assay.Quality.Inference;
using Assay.Quality.Rules;
using Assay.Server.Anomalies;
using Assay.Server.Checks.Writes;
using Assay.Server.Datastores;
using Assay.Server.Operations;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Running;
using Assay.Server.Reading;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Inference;

/// <summary>
/// Brings a container's inferred checks in line with what a profile found: new ones are added, those that are there are updated in place, and
/// those above the level that was asked for are archived unless they have found something. What people wrote, changed or archived stays.
/// A check is not dropped because the rows no longer keep it: that is what it is for.
/// </summary>
internal sealed partial class InferredChecks(IDbContextFactory<AssayDb> contexts, TimeProvider clock)
{
    public async Task<SynchronizedChecks> SaveAsync(
        OperationRun run, StoredContainer stored, IReadOnlyList<InferredCheck> inferred, ProfileSettings settings, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LockDatastoreAsync(stored.Datastore.Id, cancel) is null) return default;
        // Only the current attempt may write.
        if (await db.Set<Operation>().Where(o => o.Id == run.Id && o.Attempt == run.Attempt && o.Result == OperationResult.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.Attempt, o => o.Attempt), cancel) == 0) throw new LeaseLostException();
        var now = clock.UtcNow();
        var all = await KnownAsync(db, stored.Row.Id, cancel);
        var known = all.Keys.ToLookup(c => c.Identity);
        var status = settings.InferAsDraft ? CheckStatus.Draft : CheckStatus.Active;
        var (added, restored, updated, kept) = (new List<NewCheck>(), 0L, 0L, new HashSet<long>());
        foreach (var wanted in inferred)
        {
            var properties = wanted.Check.Properties.ToString() is "{}" ? null : wanted.Check.Properties.ToString();
            var identity = CheckIdentity.Of(wanted.Check.Rule, wanted.Check.Fields, wanted.Check.Filter, wanted.Check.Coverage, properties);
            var there = known[identity].ToList();
            if (there.Count == 0 && FormerIdentity(wanted, all) is { } former) there = [.. known[former]];
            if (there.Find(c => c.DeletedAt is null) is { } live)
            {
                if (!live.Inferred) continue;
                kept.Add(live.Id);
                if (Update(live, wanted, properties, identity, now)) updated++;
            }
            else if (there.Count == 0) added.Add(New(stored.Row.Id, wanted, properties, identity, status, now));
            else if (there.Find(c => c.Inferred && c.LastEditorId is null) is { } archived) // by an earlier profile at a lower level, not by a person
            {
                (archived.Status, archived.DeletedAt) = (status, null);
                Update(archived, wanted, properties, identity, now);
                kept.Add(archived.Id);
                restored++;
            }
        }
        var gone = await ArchiveAboveAsync(db, [.. all.Keys.Where(c => c.Inferred && c.DeletedAt is null && !kept.Contains(c.Id) && LevelOf(c) > settings.InferenceThreshold)], now, cancel);
        await AddAsync(db, added, now, cancel);
        await db.SaveChangesAsync(cancel);
        if (added.Count + restored + gone > 0) await db.CountChecksAsync(stored.Datastore.Id, cancel);
        await transaction.CommitAsync(CancellationToken.None);
        return new SynchronizedChecks(kept.Count + added.Count, added.Count + restored, updated);
    }

    private static async Task<IReadOnlyDictionary<QualityCheck, List<string>>> KnownAsync(AssayDb db, long container, CancellationToken cancel)
    {
        var checks = await db.Set<QualityCheck>().Where(c => c.ContainerId == container).OrderBy(c => c.Id).ToListAsync(cancel);
        var fields = (await db.Set<CheckField>().Where(f => db.Set<QualityCheck>().Any(c => c.Id == f.CheckId && c.ContainerId == container)).OrderBy(f => f.Position).ToListAsync(cancel)).ToLookup(f => f.CheckId, f => f.Name);
        return checks.ToDictionary(c => c, c => fields[c.Id].ToList());
    }

    /// <summary>An expression whose numbers alone are new is the one that is there with other limits, though its text tells it apart.</summary>
    private static string? FormerIdentity(InferredCheck wanted, IReadOnlyDictionary<QualityCheck, List<string>> known) => wanted.Check.Rule != "satisfiesExpression" ? null
        : known.Where(k => k.Key.Inferred && k.Key.RuleType == wanted.Check.Rule && k.Key.Filter == wanted.Check.Filter && k.Value.SequenceEqual(wanted.Check.Fields)
            && k.Key.Properties is { } old && Numbers().Replace(old, "#") == Numbers().Replace(wanted.Check.Properties.ToString(), "#")).Select(k => k.Key.Identity).FirstOrDefault();

    [GeneratedRegex(@"(?<![\w`])-?\d+(\.\d+)?")]
    private static partial Regex Numbers();

    internal static bool Update(QualityCheck check, InferredCheck wanted, string? properties, string identity, DateTime now)
    {
        if (CheckHistory.SameJson(check.Properties, properties) && check.Coverage == wanted.Check.Coverage) return false;
        (check.Properties, check.Coverage, check.Identity, check.LastUpdated) = (properties, wanted.Check.Coverage, identity, now);
        if (check.LastEditorId is null) check.Description = wanted.Description; // a person's words stay
        return true;
    }

    internal static NewCheck New(long container, InferredCheck wanted, string? properties, string identity, string status, DateTime now) => new(
        new QualityCheck
        {
            ContainerId = container,
            RuleType = wanted.Check.Rule,
            Description = wanted.Description,
            Coverage = wanted.Check.Coverage,
            Filter = wanted.Check.Filter,
            Properties = properties,
            Status = status,
            Inferred = true,
            Identity = identity,
            Created = now,
            LastUpdated = now,
        },
        wanted.Check.Fields);

    /// <summary>Adds checks, all together, for their fields and history need their ids; those are saved with the caller's changes.</summary>
    internal static async Task AddAsync(AssayDb db, IReadOnlyList<NewCheck> added, DateTime now, CancellationToken cancel)
    {
        if (added.Count == 0) return;
        db.AddRange(added.Select(a => a.Check));
        await db.SaveChangesAsync(cancel);
        var history = new CheckHistory(db);
        foreach (var (check, fields) in added)
        {
            db.AddRange(fields.Select((name, position) => new CheckField { CheckId = check.Id, Position = position, Name = name }));
            history.Created(check, fields, null, now);
        }
    }

    /// <returns>How many were archived: those that have found nothing.</returns>
    private static async Task<int> ArchiveAboveAsync(AssayDb db, IReadOnlyList<QualityCheck> above, DateTime now, CancellationToken cancel)
    {
        if (above.Count == 0) return 0;
        var ids = above.Select(c => c.Id).ToList();
        var found = await db.Set<FailedCheck>().Where(f => ids.Contains(f.CheckId)).Select(f => f.CheckId).Distinct().ToListAsync(cancel);
        foreach (var check in above.Where(c => !found.Contains(c.Id))) (check.Status, check.DeletedAt, check.LastUpdated) = (CheckStatus.Discarded, now, now);
        return above.Count - found.Count;
    }

    private static int LevelOf(QualityCheck check) => check.Coverage is < 1 ? 5 : RuleCatalogue.Find(check.RuleType)?.Spec.InferenceLevel ?? 0;
}

/// <summary>What a profile did to a container's checks.</summary>
/// <param name="All">Inferred checks that it stands behind.</param>
internal readonly record struct SynchronizedChecks(long All, long Added, long Updated);

/// <summary>A check that is to be added, with its fields.</summary>
internal readonly record struct NewCheck(QualityCheck Check, IReadOnlyList<string> Fields);
