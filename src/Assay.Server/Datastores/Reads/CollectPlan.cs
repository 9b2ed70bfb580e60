using Assay.Server.Store;
using Assay.Server.Store.Reads;
using Assay.Server.Web.Requests;

namespace Assay.Server.Datastores.Reads;

/// <summary>A page of a list that filters, several sort keys or few visible datastores make short: collect, count, sort, cut.</summary>
internal static class CollectPlan
{
    public static string Build(DatastoreQuery query, StoreKind dialect, Visibility visibility, SqlArguments arguments)
    {
        var favorites = query.FavoritesFirst ? "DESC" : "ASC";
        return $"""
            {visibility.With(Hits(), "sums AS (SELECT COUNT(*) AS total FROM hits)", Page())}
            SELECT {DatastorePage.Columns(dialect, "sums.total")}
            FROM sums LEFT JOIN page ON TRUE LEFT JOIN datastores d ON d.id = page.id {dialect.StampJoin}
            """;

        string Hits() => $"""
            hits AS MATERIALIZED (SELECT {string.Join(", ", query.Keys.Select(k => "d." + k.Column))}, CASE WHEN f.user_id IS NULL THEN 0 ELSE 1 END AS favorite
                FROM datastores d LEFT JOIN datastore_favorites f ON f.user_id = @user AND f.datastore_id = d.id
                WHERE {DatastoreFilter.Conditions(query, dialect, arguments)} AND {visibility.SetCondition("d")})
            """;

        string Page() => $"""
            page AS MATERIALIZED (SELECT id, 0 AS part, favorite, ROW_NUMBER() OVER (ORDER BY {Order()}) AS place FROM (SELECT * FROM hits ORDER BY {Order()} LIMIT @size OFFSET @offset) cut LIMIT {Paging.MostItems})
            """;

        string Order() => $"favorite {favorites}, {string.Join(", ", query.Keys.Select(k => $"{k.Column} {(k.Descending ? "DESC" : "ASC")}"))}";
    }
}
