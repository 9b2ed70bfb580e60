using System.Text.Json;
using Assay.Server.Store;
using Assay.Server.Users;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.History;

/// <summary>Reads the changes of one thing as answers show them.</summary>
internal sealed class HistoryViews(AssayDb db)
{
    public async Task<HistoryView> OfAsync(string objectType, long objectId, DateTime created, CancellationToken cancel)
    {
        var rows = await (from change in db.Set<Change>().AsNoTracking()
                          where change.ObjectType == objectType && change.ObjectId == objectId
                          join user in db.Set<User>() on change.UserId equals (long?)user.Id into users
                          from user in users.DefaultIfEmpty()
                          orderby change.Id
                          select new { change, Name = user == null ? null : user.Name }).ToListAsync(cancel);
        return new HistoryView(created, objectId, [.. rows.Select(r => Show(r.change, r.Name))]);
    }

    private static VersionView Show(Change change, string? name) => new(
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(change.Changeset)!,
        new TransactionView(change.Id, change.IssuedAt, change.UserId is { } id && name is not null ? new ActorView(id, name) : null),
        change.Verb switch { Change.Insert => 0, Change.Update => 1, _ => 2 },
        change.Verb);
}
