using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Users;

/// <summary>Finds the users that requests name: by id, or by user_id, e-mail address or name, as long as only one answers to it.</summary>
internal sealed class UserDirectory(AssayDb db)
{
    public async Task<Outcome<IReadOnlyList<User>>> FindAsync(IReadOnlyList<NameOrId> wanted, CancellationToken cancel)
    {
        var ids = wanted.Where(w => w.Id is not null).Select(w => w.Id!.Value).ToArray();
        var keys = wanted.Where(w => w.Name is not null).Select(w => w.Name!.Trim().ToLowerInvariant()).ToArray();
        var candidates = await db.Set<User>().AsNoTracking()
            .Where(u => EF.Parameter(ids).Contains(u.Id) || EF.Parameter(keys).Contains(u.UserId) || EF.Parameter(keys).Contains(u.EmailKey) || EF.Parameter(keys).Contains(u.NameKey))
            .ToListAsync(cancel);
        var byId = candidates.ToDictionary(u => u.Id);
        var byKey = candidates.SelectMany(u => Keys(u).Select(key => (key, u))).ToLookup(pair => pair.key, pair => pair.u);
        var found = new Dictionary<long, User>();
        foreach (var reference in wanted)
        {
            var matches = reference.Id is { } id ? byId.TryGetValue(id, out var one) ? [one] : [] : Best(byKey, reference.Name!.Trim().ToLowerInvariant());
            if (matches.Length == 0) return reference.NotFound("User");
            if (matches.Length > 1) return Failure.Conflict($"User name: '{reference.Name}' belongs to {matches.Length} users; use an id");
            found[matches[0].Id] = matches[0];
        }
        return found.Values.ToArray();
    }

    public async Task<Outcome<User>> FindAsync(NameOrId wanted, CancellationToken cancel) =>
        (await FindAsync([wanted], cancel)).Try(out var found, out var failure) ? found[0] : failure;

    private static IEnumerable<string> Keys(User user) => new[] { user.UserId, user.EmailKey, user.NameKey }.OfType<string>().Distinct();

    /// <summary>A user_id is unique and wins over another user's name that happens to read the same.</summary>
    private static User[] Best(ILookup<string, User> byKey, string key) =>
        byKey[key].FirstOrDefault(u => u.UserId == key) is { } exact ? [exact] : [.. byKey[key]];
}
