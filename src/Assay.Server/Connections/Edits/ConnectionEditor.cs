using Assay.Engine.Secrets;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Connections.Edits;

/// <summary>Changes stored connections and tries them.</summary>
internal sealed class ConnectionEditor(AssayDb db, ConnectionEdits edits, ConnectionDesk desk, ConnectionSecrets secrets, ConnectionTester tester, TimeProvider clock)
{
    /// <summary>Saves a change, after a test where something changed that decides whether the source can be reached.</summary>
    /// <returns>The connection's id; 400 and nothing saved where the test failed; 404, 409 or 422.</returns>
    public async Task<Outcome<long>> UpdateAsync(long id, ConnectionUpdate change, bool verify, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<Connection>().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return Failure.NotFound("Connection", id);
        if (!(await edits.PlanAsync(db, row, change, change.Type, cancel)).Try(out var edit, out var refusal)) return refusal;
        row.Name = change.Name.Trim();
        if (edit.Reaching && verify)
        {
            if (!(await TryAsync(edit.After, edit.Secrets, cancel)).Try(out var report, out var failure)) return failure;
            row.Learn(report.Product);
        }
        return await SaveAsync(edit, caller, cancel) is { } conflict ? conflict : id;
    }

    /// <summary>Tries a stored connection as it is, or as it would be with a change.</summary>
    /// <returns>Null when it works, or the failure.</returns>
    public async Task<Failure?> TestAsync(long id, ConnectionOverrides? change, CancellationToken cancel)
    {
        if (await db.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return Failure.NotFound("Connection", id);
        if (change is not null)
        {
            if (!(await edits.PlanAsync(db, row, change, change.Type, cancel)).Try(out var edit, out var refusal)) return refusal;
            if (edit.Reaching) return (await TryAsync(edit.After, edit.Secrets, cancel)).Failure;
        }
        if (!(await TryAsync(inner => desk.SettingsAsync(id, inner), cancel)).Try(out var report, out var failure)) return failure;
        if (report.Product is { } product) await LearnAsync(id, product, cancel);
        return null;
    }

    private Task<Outcome<TestReport>> TryAsync(Connection row, IReadOnlyDictionary<string, Secret> opened, CancellationToken cancel) =>
        TryAsync(inner => desk.ReadyAsync(row, opened, inner), cancel);

    private async Task<Outcome<TestReport>> TryAsync(Func<CancellationToken, Task<ConnectionSettings>> ready, CancellationToken cancel)
    {
        var tested = await tester.TestAsync(async inner => await ready(inner), new SourceScope(), new TestIntent(), cancel);
        return tested.Try(out var report, out _) && report.Fault is { } fault ? Failure.Unreachable(fault.Message) : tested;
    }

    private Task LearnAsync(long id, SourceProduct product, CancellationToken cancel) => db.Set<Connection>()
        .Where(c => c.Id == id && (c.ProductName != product.Name || c.ProductVersion != product.Version || c.DriverName != product.DriverName || c.DriverVersion != product.DriverVersion
            || c.ProductName == null || c.ProductVersion == null || c.DriverName == null || c.DriverVersion == null))
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.ProductName, product.Name).SetProperty(c => c.ProductVersion, product.Version)
            .SetProperty(c => c.DriverName, product.DriverName).SetProperty(c => c.DriverVersion, product.DriverVersion), cancel);

    private async Task<Failure?> SaveAsync(ConnectionEdit edit, Caller caller, CancellationToken cancel)
    {
        var (row, writes) = (edit.After, edit.Writes);
        var changes = ConnectionChanges.Between(edit.Before, row, writes.Where(w => w.Value is not null).Select(w => w.Key), writes.Where(w => w.Value is null).Select(w => w.Key));
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (edit.Before.Name != row.Name)
        {
            await db.TakeLockAsync(StoreLock.ConnectionNames, cancel);
            if (await ConnectionNames.IsTakenAsync(db, row.Name, row.Id, cancel)) return Failure.Conflict($"Connection name: '{row.Name}' already exists");
        }
        if (changes.Count > 0)
        {
            (row.Updated, row.Revision) = (clock.UtcNow(), row.Revision + 1);
            await secrets.WriteAsync(db, row.Id, writes, cancel);
            db.Add(Change.Of("connection", row.Id, Change.Update, changes, caller, row.Updated));
        }
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateConcurrencyException) { return Failure.Conflict($"Connection id: {row.Id} was changed or deleted by someone else meanwhile: read it and try again"); }
        await transaction.CommitAsync(cancel);
        return null;
    }
}
