using Assay.Server.Datastores;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Users;

namespace Assay.Server.Identity;

/// <summary>The datastores that lists show a caller: all to managers and administrators, those of their teams to members.</summary>
internal static class VisibleDatastores
{
    public static IQueryable<Datastore> DatastoresVisibleTo(this AssayDb db, Caller caller)
    {
        var rows = db.Set<Datastore>().Where(d => d.Deleted == null);
        if (caller.Is(Role.Manager)) return rows;
        return rows.Where(d => db.Set<TeamDatastore>().Any(td => td.DatastoreId == d.Id && db.Set<Team>().Any(t =>
            t.Id == td.TeamId && (t.IsPublic || db.Set<TeamMember>().Any(m => m.TeamId == t.Id && m.UserId == caller.Id)))));
    }
}
