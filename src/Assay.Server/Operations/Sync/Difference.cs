using System.Data.Common;
using Dapper;

namespace Assay.Server.Operations.Sync;

/// <summary>
/// Writes what was staged into containers, fields and partitions: a fixed number of statements, whatever the size. Columns that users
/// own are left alone, in the database's own present tense, so that edits made during the listing survive.
/// </summary>
internal static class Difference
{
    public static async Task<FieldCounts> ApplyAsync(DbTransaction transaction, long datastoreId, bool recreate, long now, CancellationToken cancel)
    {
        var values = new { datastore = datastoreId, now, recreate };
        Task<int> Do(string sql) => transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));

        await Do(UpdateReadable);
        await Do(UpdateUnreadable);
        await Do(InsertContainers);
        await Do(FindInserted);
        var back = await Do(FieldsBack);
        var changed = await Do(FieldsChanged);
        var added = await Do(FieldsAdded);
        var removed = await Do(FieldsRemoved);
        await Do(ClearIncremental);
        await Do(ClearPartition);
        await Do(PartitionsRemoved);
        await Do(PartitionsChanged);
        await Do(PartitionsAdded);
        return new FieldCounts(added + back, changed, removed);
    }

    /// <summary>Marks the containers that the listing did not hold; with <paramref name="remove"/> they are deleted, softly.</summary>
    public static Task<int> MarkGoneAsync(DbTransaction transaction, bool remove, long now, CancellationToken cancel) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition($"""
            UPDATE containers SET sync_state = 'inaccessible', updated = @now{(remove ? ", deleted_at = @now" : "")}
            WHERE id IN (SELECT container_id FROM staged_gone) AND deleted_at IS NULL {(remove ? "" : "AND sync_state <> 'inaccessible'")}
            """, new { now }, transaction, cancellationToken: cancel));

    // A user may have deleted the container while the source was listed.
    private const string Wanted = "containers.id = s.container_id AND (NOT containers.deleted_by_user OR @recreate)";

    // A user may have chosen another way to read the files since: then the next listing goes by it.
    private const string AsListed = "(s.file_settings IS NULL OR s.file_settings = containers.user_settings)";

    // Where the source does not tell how many rows there are, they stay as a profile counted them; nobody vouches for the number any more.
    private const string UpdateReadable = $"""
        UPDATE containers SET
            table_type = s.table_type, remarks = s.remarks, records = COALESCE(s.records, containers.records), records_quality = s.records_quality, field_count = s.field_count,
            fingerprint = CASE WHEN {AsListed} THEN s.fingerprint ELSE '' END, file = CASE WHEN {AsListed} THEN s.file ELSE containers.file END,
            sync_state = s.sync_state, problem = NULL, keys = s.keys, updated = @now,
            deleted_at = NULL, deleted_by_user = FALSE,
            partition_field = CASE WHEN containers.user_settings LIKE '%partition_field,%' THEN containers.partition_field ELSE s.partition_field END,
            incremental_field_name = CASE WHEN containers.user_settings LIKE '%incremental_field_name,%' THEN containers.incremental_field_name ELSE s.incremental_field_name END,
            incremental_identifier_type = CASE WHEN containers.user_settings LIKE '%incremental_field_name,%' THEN containers.incremental_identifier_type ELSE s.incremental_identifier_type END
        FROM staged_containers s WHERE NOT s.is_new AND NOT s.unreadable AND {Wanted}
        """;

    private const string UpdateUnreadable = $"""
        UPDATE containers SET sync_state = s.sync_state, problem = s.problem, updated = @now, deleted_at = NULL, deleted_by_user = FALSE
        FROM staged_containers s WHERE NOT s.is_new AND s.unreadable AND {Wanted}
        """;

    private const string InsertContainers = """
        INSERT INTO containers (datastore_id, name, name_key, container_type, table_type, remarks, records, records_quality, field_count, fingerprint, sync_state, problem,
            partition_field, incremental_field_name, incremental_identifier_type, user_settings, keys, file, created, updated, deleted_by_user,
            infer_datatypes, volumetric_tracking_enabled, freshness_tracking_enabled)
        SELECT @datastore, s.name, s.name_key, s.container_type, s.table_type, s.remarks, s.records, s.records_quality, s.field_count, s.fingerprint, s.sync_state, s.problem,
            s.partition_field, s.incremental_field_name, s.incremental_identifier_type, '', s.keys, s.file, @now, @now, FALSE,
            FALSE, TRUE, FALSE
        FROM staged_containers s WHERE s.is_new ORDER BY s.ref
        """;

    private const string FindInserted = """
        UPDATE staged_containers SET container_id = (SELECT c.id FROM containers c WHERE c.datastore_id = @datastore AND c.name = staged_containers.name)
        WHERE is_new
        """;

    private const string Staged = """
        FROM staged_fields f JOIN staged_containers s ON s.ref = f.ref
        WHERE fields.container_id = s.container_id AND fields.name = f.name AND fields.computed_field_id IS NULL
        """;

    private const string FieldsBack = $"UPDATE fields SET status = 'active' {Staged} AND NOT s.is_new AND fields.status = 'missing'";

    private const string FieldsChanged = $"""
        UPDATE fields SET ordinal = f.ordinal, type = f.type, element_type = f.element_type, native_type = f.native_type, nullable = f.nullable,
            column_size = f.column_size, decimal_digits = f.decimal_digits, remarks = f.remarks
        {Staged} AND NOT s.is_new AND (fields.ordinal <> f.ordinal OR fields.type <> f.type OR fields.element_type IS DISTINCT FROM f.element_type
            OR fields.native_type IS DISTINCT FROM f.native_type OR fields.nullable IS DISTINCT FROM f.nullable
            OR fields.column_size IS DISTINCT FROM f.column_size OR fields.decimal_digits IS DISTINCT FROM f.decimal_digits
            OR fields.remarks IS DISTINCT FROM f.remarks)
        """;

    private const string FieldsAdded = """
        INSERT INTO fields (container_id, name, ordinal, type, element_type, native_type, nullable, column_size, decimal_digits, remarks, status, weight, created)
        SELECT s.container_id, f.name, f.ordinal, f.type, f.element_type, f.native_type, f.nullable, f.column_size, f.decimal_digits, f.remarks, 'active', 0, @now
        FROM staged_containers s JOIN staged_fields f ON f.ref = s.ref
        WHERE s.is_new OR NOT EXISTS (SELECT 1 FROM fields x WHERE x.container_id = s.container_id AND x.name = f.name)
        ORDER BY s.ref, f.ordinal
        """;

    // What a user masked or excluded stays so: were it to come back as active, what was hidden would show.
    private const string FieldsRemoved = """
        UPDATE fields SET status = 'missing' FROM staged_containers s
        WHERE fields.container_id = s.container_id AND s.structure_changed AND NOT s.is_new AND fields.status = 'active' AND fields.computed_field_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM staged_fields f WHERE f.ref = s.ref AND f.name = fields.name)
        """;

    private const string ClearIncremental = """
        UPDATE containers SET incremental_field_name = s.incremental_field_name, incremental_identifier_type = s.incremental_identifier_type,
            user_settings = REPLACE(containers.user_settings, 'incremental_field_name,', '')
        FROM staged_containers s
        WHERE containers.id = s.container_id AND s.structure_changed AND NOT s.is_new AND containers.incremental_field_name IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM staged_fields f WHERE f.ref = s.ref AND f.name = containers.incremental_field_name)
        """;

    private const string ClearPartition = """
        UPDATE containers SET partition_field = s.partition_field, user_settings = REPLACE(containers.user_settings, 'partition_field,', '')
        FROM staged_containers s
        WHERE containers.id = s.container_id AND s.structure_changed AND NOT s.is_new AND containers.partition_field IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM staged_fields f WHERE f.ref = s.ref AND f.name = containers.partition_field)
        """;

    private const string PartitionsRemoved = """
        DELETE FROM partitions WHERE container_id IN (SELECT s.container_id FROM staged_containers s WHERE s.partitions_changed AND NOT s.is_new)
          AND NOT EXISTS (SELECT 1 FROM staged_containers s JOIN staged_partitions p ON p.ref = s.ref
                          WHERE s.container_id = partitions.container_id AND p.name = partitions.name)
        """;

    private const string PartitionsChanged = """
        UPDATE partitions SET location = p.location, partition_size = p.partition_size, modified = p.modified
        FROM staged_partitions p JOIN staged_containers s ON s.ref = p.ref
        WHERE partitions.container_id = s.container_id AND partitions.name = p.name AND NOT s.is_new
        """;

    private const string PartitionsAdded = """
        INSERT INTO partitions (container_id, name, location, partition_size, modified, created)
        SELECT s.container_id, p.name, p.location, p.partition_size, p.modified, @now
        FROM staged_containers s JOIN staged_partitions p ON p.ref = s.ref
        WHERE s.is_new OR NOT EXISTS (SELECT 1 FROM partitions x WHERE x.container_id = s.container_id AND x.name = p.name)
        ORDER BY s.ref, p.name
        """;
}

/// <summary>What a difference did to fields.</summary>
internal readonly record struct FieldCounts(long Added, long Changed, long Removed);
