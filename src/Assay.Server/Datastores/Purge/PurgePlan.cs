namespace Assay.Server.Datastores.Purge;

/// <summary>
/// What hangs on a datastore, from the leaves inwards. A table that comes to refer to one of these belongs here too; a test
/// compares the plan with the store's foreign keys.
/// </summary>
internal static class PurgePlan
{
    /// <summary>Tables whose rows belong to a container. The container is in the column.</summary>
    public static readonly IReadOnlyList<PurgeStep> OfContainers =
    [
        new("field_scores", "container_id"), new("quality_scores", "container_id"), new("score_settings", "container_id"),
        new("container_copies", "container_id"), new("field_profiles", "container_id"), new("container_profiles", "container_id"), new("measurements", "container_id"),
        new("anomaly_source_records", "container_id"), new("anomalies", "container_id"), new("container_scans", "container_id"), new("scan_checkpoints", "container_id"),
        new("quality_checks", "container_id"), new("field_tags", "container_id"), new("computed_fields", "container_id"), new("fields", "container_id"), new("partitions", "container_id"), new("container_tags", "container_id"), new("container_favorites", "container_id"),
    ];

    /// <summary>Tables whose rows belong to the datastore itself, once its containers are gone.</summary>
    public static readonly IReadOnlyList<PurgeStep> OfDatastore =
    [
        new("quality_scores", "datastore_id"), new("score_settings", "datastore_id"), new("score_state", "datastore_id"), new("score_marks", "datastore_id"),
        new("evidence_outbox", "target_id"), new("evidence_state", "datastore_id"), new("evidence_tables", "target_id"),
        new("operations", "datastore_id"), new("datastore_favorites", "datastore_id"), new("datastore_tags", "datastore_id"), new("team_datastores", "datastore_id"),
    ];

    public const string Containers = "containers";
}

/// <param name="Column">The column that names the owner.</param>
internal sealed record PurgeStep(string Table, string Column);
