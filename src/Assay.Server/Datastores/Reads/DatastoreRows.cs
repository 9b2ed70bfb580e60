using Assay.Server.Store;

namespace Assay.Server.Datastores.Reads;

/// <summary>
/// The columns and joins that make up an answer, in the order in which <see cref="DatastoreItem"/> and <see cref="DatastoreView"/>
/// read them. Tags and teams come as ids: what they are called is looked up (<see cref="LookupCache"/>).
/// </summary>
internal static class DatastoreRows
{
    /// <summary>1 for a favourite of <c>@user</c>, else 0.</summary>
    public const string Favorite = "CASE WHEN EXISTS (SELECT 1 FROM datastore_favorites f WHERE f.user_id = @user AND f.datastore_id = d.id) THEN 1 ELSE 0 END";

    /// <summary>What <see cref="DatastoreItem"/> reads, of a <c>datastores d</c> with <c>Joins</c>.</summary>
    public static string Item(StoreKind dialect) => $"""
        d.id, d.name, d.type, d.store_type, d.database, d.schema, d.root_path, d.folder_globbing_enabled, d.connected,
        {Favorite},
        d.enrichment_only, d.description, d.created, d.updated, d.connection_id, c.name,
        (SELECT {dialect.Concat("x.team_id")} FROM team_datastores x WHERE x.datastore_id = d.id),
        (SELECT {dialect.Concat("x.tag_id")} FROM datastore_tags x WHERE x.datastore_id = d.id),
        d.containers, d.records, d.fields_profiled, d.active_checks, d.active_anomalies, d.field_count, d.quality_score,
        g.id, g.name, g.icon,
        d.enrichment_prefix, d.enrichment_source_record_limit, d.enrichment_remediation_strategy, d.high_count_rollup_threshold,
        e.id, e.name, e.store_type, e.type,
        o.id, o.type, o.result, o.message, o.triggered_by, o.created, o.start_time, o.end_time
        """;

    /// <summary>What <see cref="DatastoreView"/> reads beyond that.</summary>
    public static string Further(StoreKind dialect, Visibility visibility) => $"""
        {Linked(dialect, visibility)},
        c.host, c.port, c.username, c.uri, c.access_key, c.parameters, c.jdbc_fetch_size, c.max_parallelization,
        c.secrets_manager, c.product_name, c.product_version, c.driver_name, c.driver_version
        """;

    public static string Joins(StoreKind dialect) => $"""
        LEFT JOIN connections c ON c.id = d.connection_id
        LEFT JOIN datastore_groups g ON g.id = d.group_id
        LEFT JOIN datastores e ON e.id = d.enrichment_datastore_id AND e.deleted IS NULL
        {dialect.LatestOperation}
        """;

    // On an enrichment store the sources that write to it; the caller learns only of those they may see.
    private static string Linked(StoreKind dialect, Visibility visibility) => $"""
        CASE WHEN d.enrichment_only THEN
            (SELECT {dialect.JsonArray(dialect.JsonObject("'id', s.id, 'name', s.name, 'store_type', s.store_type, 'type', s.type"), "s.id")}
             FROM datastores s WHERE s.enrichment_datastore_id = d.id AND s.deleted IS NULL AND {visibility.Condition("s")})
        END
        """;
}
