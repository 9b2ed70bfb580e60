using Assay.Server.Identity;
using Assay.Server.Store.Reads;
using Assay.Server.Users;

namespace Assay.Server.Datastores.Reads;

/// <summary>
/// Which datastores a caller's lists and counts may hold, as SQL: Managers see all, Members
/// those that share a team with them.
/// </summary>
internal sealed class Visibility
{
    private readonly long userId;

    private Visibility(long userId, bool all)
    {
        this.userId = userId;
        All = all;
    }

    public bool All { get; }

    public static Visibility Of(Caller caller) => new(caller.Id, caller.Is(Role.Manager));

    /// <summary>The teams that a member belongs to, as the named query <c>my</c>.</summary>
    private const string MyTeams = "my(team_id) AS (SELECT id FROM teams WHERE is_public UNION SELECT team_id FROM team_members WHERE user_id = @user)";

    /// <summary>The condition on a datastore, row by row: the offset keeps PostgreSQL from gathering all visible ones first.</summary>
    public string Condition(string datastore) => All ? "TRUE"
        : $"EXISTS (SELECT 1 FROM team_datastores td WHERE td.datastore_id = {datastore}.id AND td.team_id IN (SELECT team_id FROM my) LIMIT 1 OFFSET 0)";

    /// <summary>The same as a set of ids, better where it is small.</summary>
    public string SetCondition(string datastore) => All ? "TRUE"
        : $"{datastore}.id IN (SELECT td.datastore_id FROM my CROSS JOIN team_datastores td WHERE td.team_id = my.team_id)";

    /// <summary>A WITH clause of what the conditions need and the named queries given.</summary>
    public string With(params string[] queries)
    {
        IEnumerable<string> all = All ? queries : queries.Prepend(MyTeams);
        var text = string.Join(",\n", all.Where(q => q.Length > 0));
        return text.Length == 0 ? "" : "WITH " + text;
    }

    public SqlArguments AddTo(SqlArguments arguments) => arguments.Add("@user", userId);
}
