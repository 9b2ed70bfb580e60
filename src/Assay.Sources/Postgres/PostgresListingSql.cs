namespace Assay.Sources.Postgres;

/// <summary>
/// The statement that lists schemas: one row for each table or view with all that is known of it, schema by schema in order of name. Names are sorted
/// first and the rest is looked up row by row through the catalogue's indexes, so that rows flow from the start and neither side
/// holds the listing in memory.
/// </summary>
internal static class PostgresListingSql
{
    /// <summary>Parameters: the schemas' object ids, the kinds of relation, the only names wanted (NULL for all).</summary>
    public const string Containers = """
        SELECT c.relname, c.relkind::text, c.remarks,
               f.names, f.numbers, f.types, f.modifiers, f.natives, f.required, f.remarks,
               k.keys, p.partitions,
               CASE WHEN c.relkind = 'p' THEN p.row_count WHEN c.relkind = 'v' THEN NULL
                    -- Who reads a table reads its children by INHERITS too; TimescaleDB keeps a hypertable's rows in nothing else.
                    WHEN c.relhassubclass THEN COALESCE(c.row_count, 0) + (
                        SELECT CASE WHEN bool_and(h.reltuples >= 0) THEN sum(h.reltuples::float8) END
                        FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class h ON h.oid = i.inhrelid WHERE i.inhparent = c.oid)
                    ELSE c.row_count END,
               c.relnamespace::int8
        FROM (
            SELECT c.oid, c.relnamespace, c.relname, c.relkind, c.relhassubclass, d.description AS remarks,
                   -- -1 is "never counted"; up to version 13 that was 0 rows on 0 pages.
                   CASE WHEN c.reltuples > 0 OR (c.reltuples = 0 AND (c.relpages > 0 OR current_setting('server_version_num')::int >= 140000))
                        THEN c.reltuples::float8 END AS row_count
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_description d
              ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0
            WHERE c.relnamespace = ANY ($1::int8[]::pg_catalog.oid[]) AND c.relkind = ANY ($2::text[]::"char"[]) AND NOT c.relispartition
              AND ($3::text[] IS NULL OR c.relname::text = ANY ($3::text[]))
            ORDER BY c.relnamespace, c.relname
        ) c
        CROSS JOIN LATERAL (
            SELECT array_agg(a.attname::text) AS names, array_agg(a.attnum) AS numbers, array_agg(a.atttypid::int8) AS types,
                   array_agg(a.atttypmod) AS modifiers, array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod)) AS natives,
                   array_agg(a.attnotnull) AS required, array_agg(a.description) AS remarks
            FROM (
                SELECT a.attname, a.attnum, a.atttypid, a.atttypmod, a.attnotnull, d.description
                FROM pg_catalog.pg_attribute a
                LEFT JOIN pg_catalog.pg_description d
                  ON d.objoid = a.attrelid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = a.attnum
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum
            ) a
        ) f
        CROSS JOIN LATERAL (
            SELECT json_agg(k ORDER BY k.rank, k.name)::text AS keys
            FROM (
                SELECT CASE WHEN i.indisprimary THEN 0 ELSE 1 END AS rank, x.relname AS name, (i.indkey::int2[])[0:i.indnkeyatts - 1] AS fields,
                       NULL::name AS schema, NULL::name AS container, NULL::name[] AS referenced
                FROM pg_catalog.pg_index i
                JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                -- A unique index over a part of the rows, or over expressions, says nothing about fields.
                WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
                UNION ALL
                SELECT 2, o.conname, o.conkey, n.nspname, r.relname,
                       (SELECT array_agg(a.attname ORDER BY k.position)
                        FROM unnest(o.confkey) WITH ORDINALITY k(attnum, position)
                        JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.attnum)
                FROM pg_catalog.pg_constraint o
                JOIN pg_catalog.pg_class r ON r.oid = o.confrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
                -- Those with a parent are copies that PostgreSQL keeps for each partition.
                WHERE o.conrelid = c.oid AND o.contype = 'f' AND o.conparentid = 0
            ) k
        ) k
        CROSS JOIN LATERAL (
            SELECT json_agg(json_build_object(
                       'name', l.relname, 'location', format('%I.%I', n.nspname, l.relname),
                       'size', NULLIF(l.relpages, 0) * current_setting('block_size')::int8) ORDER BY n.nspname, l.relname)::text AS partitions,
                   CASE WHEN count(*) = 0 THEN 0 WHEN bool_and(l.reltuples >= 0) THEN sum(l.reltuples::float8) END AS row_count
            FROM (
                SELECT t.relid FROM pg_catalog.pg_partition_tree(c.oid) t WHERE c.relkind = 'p' AND t.isleaf
                UNION ALL
                -- The chunks of a hypertable.
                SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class h ON h.oid = i.inhrelid
                JOIN pg_catalog.pg_namespace hn ON hn.oid = h.relnamespace
                WHERE c.relkind = 'r' AND c.relhassubclass AND i.inhparent = c.oid AND hn.nspname = '_timescaledb_internal'
            ) t
            JOIN pg_catalog.pg_class l ON l.oid = t.relid
            JOIN pg_catalog.pg_namespace n ON n.oid = l.relnamespace
        ) p
        ORDER BY c.relnamespace, c.relname
        """;
}
