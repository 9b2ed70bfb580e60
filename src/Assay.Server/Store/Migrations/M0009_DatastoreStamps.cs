using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>
/// Lets a reader tell whether anything that a list shows of a datastore has changed, by comparing a few numbers: a stamp that
/// changes with the datastore, its tags, teams and operations, and a count of the changes of what connections, groups and
/// enrichment stores are called. On PostgreSQL the stamp is the version of the rows that the server itself keeps (xmin).
/// </summary>
[DbContext(typeof(AssayDb)), Migration("0009_DatastoreStamps")]
internal sealed class M0009_DatastoreStamps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var name in new[] { "connections", "datastore_groups", "datastores" })
            migrationBuilder.Sql($"INSERT INTO lookup_versions (name, version) VALUES ('{name}', 1)");
        if (!ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal))
        {
            foreach (var statement in Postgres) migrationBuilder.Sql(statement);
            return;
        }
        migrationBuilder.Sql("ALTER TABLE datastores ADD revision INTEGER NOT NULL DEFAULT 0");
        foreach (var (name, when, condition, id) in Revisions)
            migrationBuilder.Sql($"CREATE TRIGGER tr_revision_{name} AFTER {when} {condition} BEGIN UPDATE datastores SET revision = revision + 1 WHERE id = {id}; END");
        foreach (var (table, when, condition) in Names)
            migrationBuilder.Sql($"CREATE TRIGGER tr_{table}_named AFTER {when} ON {table} {condition} BEGIN UPDATE lookup_versions SET version = version + 1 WHERE name = '{table}'; END");
    }

    private static readonly (string Table, string When, string Condition)[] Names =
    [
        ("connections", "UPDATE OF name", ""),
        ("datastore_groups", "UPDATE", ""),
        ("datastores", "UPDATE OF name, type, store_type, enrichment_only, deleted", "WHEN NEW.enrichment_only OR OLD.enrichment_only"),
    ];

    // What a removed tag or team was on need not change one by one: the count of the tags' and teams' own changes says it already.
    private static readonly (string Name, string When, string Condition, string Id)[] Revisions =
    [
        ("datastore", "UPDATE ON datastores", "WHEN NEW.revision = OLD.revision", "NEW.id"),
        ("tag_added", "INSERT ON datastore_tags", "", "NEW.datastore_id"),
        ("tag_removed", "DELETE ON datastore_tags", "WHEN EXISTS (SELECT 1 FROM tags WHERE id = OLD.tag_id)", "OLD.datastore_id"),
        ("team_added", "INSERT ON team_datastores", "", "NEW.datastore_id"),
        ("team_removed", "DELETE ON team_datastores", "WHEN EXISTS (SELECT 1 FROM teams WHERE id = OLD.team_id)", "OLD.datastore_id"),
        ("operation_added", "INSERT ON operations", "", "NEW.datastore_id"),
        ("operation_changed", "UPDATE OF type, result, message, triggered_by, created, start_time, end_time ON operations", "", "NEW.datastore_id"),
        ("operation_removed", "DELETE ON operations", "", "OLD.datastore_id"),
    ];

    // Operations carry stamps of their own here: a trigger that locks the datastore for them could deadlock with those who lock the datastore first.
    private static readonly string[] Postgres =
    [
        "CREATE TRIGGER tr_connections_named AFTER UPDATE OF name ON connections FOR EACH STATEMENT EXECUTE FUNCTION lookup_changed()",
        "CREATE TRIGGER tr_datastore_groups_named AFTER UPDATE ON datastore_groups FOR EACH STATEMENT EXECUTE FUNCTION lookup_changed()",
        """
        CREATE TRIGGER tr_datastores_named AFTER UPDATE OF name, type, store_type, enrichment_only, deleted ON datastores FOR EACH ROW
        WHEN ((NEW.enrichment_only OR OLD.enrichment_only) AND
              (NEW.name, NEW.type, NEW.store_type, NEW.enrichment_only, NEW.deleted) IS DISTINCT FROM (OLD.name, OLD.type, OLD.store_type, OLD.enrichment_only, OLD.deleted))
        EXECUTE FUNCTION lookup_changed()
        """,
        .. Links("datastore_tags", "tags", "tag_id"),
        .. Links("team_datastores", "teams", "team_id"),
    ];

    private static string[] Links(string table, string target, string column) =>
    [
        $"""
        CREATE FUNCTION {table}_stamped() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM 1 FROM datastores WHERE id IN (SELECT c.datastore_id FROM changed c JOIN {target} t ON t.id = c.{column}) ORDER BY id FOR NO KEY UPDATE;
            UPDATE datastores SET updated = updated WHERE id IN (SELECT c.datastore_id FROM changed c JOIN {target} t ON t.id = c.{column});
            RETURN NULL;
        END $$
        """,
        $"CREATE TRIGGER tr_{table}_stamped_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {table}_stamped()",
        $"CREATE TRIGGER tr_{table}_stamped_removed AFTER DELETE ON {table} REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {table}_stamped()",
    ];
}
