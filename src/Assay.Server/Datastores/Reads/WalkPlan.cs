using Assay.Server.Store;
using Assay.Server.Web.Requests;

namespace Assay.Server.Datastores.Reads;

/// <summary>
/// A page of an unfiltered list, however long: the caller's favourites, then the rest along the index of the sort key, from the
/// end that is nearer. The total is a kept figure (<c>datastore_totals</c>), read in the same statement, so that the
/// positions fit together whatever happens meanwhile.
/// </summary>
internal static class WalkPlan
{
    /// <param name="fromEnd">Walk the index backwards. A matter of speed only.</param>
    public static string Build(DatastoreQuery query, StoreKind dialect, Visibility visibility, bool fromEnd)
    {
        var (column, descending) = query.Keys[0];
        return $"""
            {visibility.With(Favorites(column, visibility), Sums(visibility), Bounds(query.FavoritesFirst, dialect), Page(column, descending, fromEnd, visibility))}
            SELECT {DatastorePage.Columns(dialect, "bounds.total")}
            FROM bounds LEFT JOIN page ON TRUE LEFT JOIN datastores d ON d.id = page.id {dialect.StampJoin}
            """;
    }

    // Cross joins here and below: SQLite takes them in the order written, which begins with the few rows instead of the many.
    private static string Favorites(string column, Visibility visibility) => $"""
        favorites AS MATERIALIZED (SELECT d.id{(column == "id" ? "" : ", d." + column)} FROM datastore_favorites f CROSS JOIN datastores d
                      WHERE f.user_id = @user AND d.id = f.datastore_id AND {DatastoreFilter.Live} AND {visibility.Condition("d")})
        """;

    // A member sees the datastores of the largest of their teams, whose number is kept, and those that only the others have.
    private static string Sums(Visibility visibility) => visibility.All
        ? """
          sums AS (SELECT COALESCE((SELECT live FROM datastore_totals WHERE team_id = 0 AND enrichment_only = @enrichment_only), 0) AS total)
          """
        : $"""
          largest AS MATERIALIZED (SELECT t.team_id, t.live FROM my CROSS JOIN datastore_totals t
                      WHERE t.team_id = my.team_id AND t.enrichment_only = @enrichment_only ORDER BY t.live DESC, t.team_id LIMIT 1),
          sums AS (SELECT COALESCE((SELECT live FROM largest), 0) + (
              SELECT COUNT(DISTINCT d.id) FROM my CROSS JOIN team_datastores td CROSS JOIN datastores d
              WHERE td.team_id = my.team_id AND d.id = td.datastore_id AND my.team_id <> (SELECT team_id FROM largest) AND {DatastoreFilter.Live}
                AND NOT EXISTS (SELECT 1 FROM team_datastores l WHERE l.datastore_id = d.id AND l.team_id = (SELECT team_id FROM largest) LIMIT 1 OFFSET 0)) AS total)
          """;

    // Positions count from 0 over favourites and rest together; each part takes what of the page falls into it.
    private static string Bounds(bool favoritesFirst, StoreKind dialect)
    {
        var (start, favoritesStart) = favoritesFirst ? ("marked", "0") : ("0", "total - marked");
        return $"""
            counted AS MATERIALIZED (SELECT total, (SELECT COUNT(*) FROM favorites) AS marked FROM sums),
            bounds AS MATERIALIZED (SELECT total,
                {Clamp($"@offset - ({start})", "total - marked")} AS rest_from, {Clamp($"@offset + @size - ({start})", "total - marked")} AS rest_to, total - marked AS rest,
                {Clamp($"@offset - ({favoritesStart})", "marked")} AS favorites_from, {Clamp($"@offset + @size - ({favoritesStart})", "marked")} AS favorites_to
                FROM counted)
            """;

        string Clamp(string value, string most) => dialect.Greatest("0", dialect.Least(value, most));
    }

    // Each part numbers its rows in the list's own direction; the joins that follow may shuffle them. The outer limit is the largest
    // page there is: PostgreSQL cannot know what the inner ones come to, and would prepare for a tenth of all datastores.
    private static string Page(string column, bool descending, bool fromEnd, Visibility visibility) => $"""
        page AS MATERIALIZED (SELECT * FROM (
            SELECT id, 0 AS part, 1 AS favorite, ROW_NUMBER() OVER (ORDER BY {Order(column, "", descending)}) AS place
            FROM (SELECT * FROM favorites ORDER BY {Order(column, "", descending)}
                LIMIT (SELECT favorites_to - favorites_from FROM bounds) OFFSET (SELECT favorites_from FROM bounds)) marked
            UNION ALL
            SELECT id, 1 AS part, 0 AS favorite, ROW_NUMBER() OVER (ORDER BY {Order(column, "", descending)}) AS place
            FROM (SELECT d.id{(column == "id" ? "" : ", d." + column)} FROM datastores d
                WHERE {DatastoreFilter.Live} AND {visibility.Condition("d")} AND d.id NOT IN (SELECT id FROM favorites)
                ORDER BY {Order(column, "d.", descending != fromEnd)}
                LIMIT (SELECT rest_to - rest_from FROM bounds) OFFSET (SELECT {(fromEnd ? "rest - rest_to" : "rest_from")} FROM bounds)) rest) both_parts LIMIT {Paging.MostItems})
        """;

    private static string Order(string column, string table, bool descending)
    {
        var direction = descending ? "DESC" : "ASC";
        return column == "id" ? $"{table}id {direction}" : $"{table}{column} {direction}, {table}id {direction}";
    }
}
