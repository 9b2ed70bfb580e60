using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Groups;

/// <summary>Makes, changes and removes groups.</summary>
internal sealed class GroupDesk(AssayDb db, TimeProvider clock)
{
    public async Task<Outcome<GroupView>> CreateAsync(GroupRequest request, CancellationToken cancel) =>
        (await AddAsync(request, cancel)).Try(out var group, out var failure) ? GroupView.Of(group) : failure;

    /// <summary>Adds and saves a group in whatever transaction is open, so that a datastore can bring its group along.</summary>
    public async Task<Outcome<DatastoreGroup>> AddAsync(GroupRequest request, CancellationToken cancel)
    {
        var key = Key(request.Name);
        if (await db.Set<DatastoreGroup>().AnyAsync(g => g.NameKey == key, cancel)) return Taken(request.Name);
        var group = new DatastoreGroup { Name = request.Name, NameKey = key, Icon = request.Icon ?? DatastoreGroup.DefaultIcon, Created = clock.UtcNow() };
        db.Add(group);
        return await SavedAsync(cancel) ? group : Taken(request.Name);
    }

    public async Task<Outcome<GroupView>> UpdateAsync(long id, GroupChange change, CancellationToken cancel)
    {
        if (await db.Set<DatastoreGroup>().FindAsync([id], cancel) is not { } group) return NotFound(id);
        if (change.Name is { } name)
        {
            var key = Key(name);
            if (await db.Set<DatastoreGroup>().AnyAsync(g => g.NameKey == key && g.Id != id, cancel)) return Taken(name);
            (group.Name, group.NameKey) = (name, key);
        }
        if (change.Icon is { } icon) group.Icon = icon;
        try
        {
            return await SavedAsync(cancel) ? GroupView.Of(group) : Taken(group.Name);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotFound(id); // removed meanwhile
        }
    }

    public async Task<Outcome<GroupView>> DeleteAsync(long id, CancellationToken cancel)
    {
        if (await db.Set<DatastoreGroup>().AsNoTracking().FirstOrDefaultAsync(g => g.Id == id, cancel) is not { } group) return NotFound(id);
        return await db.Set<DatastoreGroup>().Where(g => g.Id == id).ExecuteDeleteAsync(cancel) > 0 ? GroupView.Of(group) : NotFound(id);
    }

    public static Failure NotFound(long id) => Failure.NotFound("Datastore group", id);

    private static Failure Taken(string name) => Failure.Conflict($"Datastore group name: '{name}' already exists");

    private static string Key(string name) => name.ToLowerInvariant();

    private async Task<bool> SavedAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException problem) when (problem.IsUniqueViolation())
        {
            return false; // another request took the name between the look and the write
        }
    }
}
