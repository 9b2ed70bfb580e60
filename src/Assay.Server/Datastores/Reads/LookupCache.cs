using Assay.Server.Store.Reads;
using Assay.Server.Tags;

namespace Assay.Server.Datastores.Reads;

/// <summary>What tags and teams are called. Kept in memory, and current all the same: every statement that yields their ids yields their versions too.</summary>
internal sealed record Lookups(Lookup<TagView> Tags, Lookup<TeamRef> Teams);

/// <summary>One small table by id, as of a version of it.</summary>
internal sealed record Lookup<T>(long Version, IReadOnlyDictionary<long, T> ById, Comparison<T> Order)
{
    /// <summary>The rows of a list of ids such as <c>3,17</c>, in order. An id that was removed since the list was read is left out.</summary>
    public IReadOnlyList<T> Find(string? ids)
    {
        if (string.IsNullOrEmpty(ids)) return [];
        var found = new List<T>(2);
        foreach (var part in ids.AsSpan().Split(','))
            if (ById.TryGetValue(long.Parse(ids.AsSpan()[part], System.Globalization.CultureInfo.InvariantCulture), out var row)) found.Add(row);
        if (found.Count > 1) found.Sort(Order);
        return found;
    }
}

/// <summary>Keeps <see cref="Lookups"/>, and reads them anew when a statement has seen a newer version. Triggers count the versions, so that no writer can forget to.</summary>
internal sealed class LookupCache(StoreReads reads)
{
    /// <summary>The versions, to be selected along with ids and handed to <see cref="GetAsync"/>.</summary>
    public const string Versions = "(SELECT version FROM lookup_versions WHERE name = 'tags'), (SELECT version FROM lookup_versions WHERE name = 'teams')";

    private volatile Lookups known = new(
        new Lookup<TagView>(-1, new Dictionary<long, TagView>(), (a, b) => string.CompareOrdinal(a.Name, b.Name)),
        new Lookup<TeamRef>(-1, new Dictionary<long, TeamRef>(), (a, b) => string.CompareOrdinal(a.Name, b.Name)));

    /// <summary>Lookups at least as new as these versions.</summary>
    public async ValueTask<Lookups> GetAsync(long tags, long teams, CancellationToken cancel)
    {
        var current = known;
        if (current.Tags.Version >= tags && current.Teams.Version >= teams) return current;
        if (current.Tags.Version < tags)
            current = current with { Tags = await ReadAsync(current.Tags, "tags", "created, type, name, color, description, category, weight_modifier, parent_lineage_tag_id", ReadTag, cancel) };
        if (current.Teams.Version < teams)
            current = current with { Teams = await ReadAsync(current.Teams, "teams", "name", (ref RowCursor row, long id) => new TeamRef(id, row.Text()), cancel) };
        return known = current;
    }

    private static TagView ReadTag(ref RowCursor row, long id) =>
        new(row.Time(), id, row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Number()) { ParentLineageTagId = row.NumberOrNull() };

    private ValueTask<Lookup<T>> ReadAsync<T>(Lookup<T> old, string table, string columns, Reader<T> read, CancellationToken cancel) => reads.ReadAsync(
        $"SELECT v.version, t.id, {columns} FROM (SELECT version FROM lookup_versions WHERE name = '{table}') v LEFT JOIN {table} t ON TRUE", new SqlArguments(), rows =>
        {
            var (version, byId) = (0L, new Dictionary<long, T>());
            while (rows.Read())
            {
                version = rows.GetInt64(0);
                if (rows.IsDBNull(1)) continue;
                var row = new RowCursor(rows, 2);
                byId[rows.GetInt64(1)] = read(ref row, rows.GetInt64(1));
            }
            return old with { Version = version, ById = byId };
        }, cancel);

    private delegate T Reader<T>(ref RowCursor row, long id);
}
