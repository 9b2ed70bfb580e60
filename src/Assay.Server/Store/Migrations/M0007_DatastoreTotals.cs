using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>
/// How many live datastores there are and each team has (team 0: all), so that lists know their length without counting.
/// Triggers keep the figures in the transaction of whatever changes them, so that no crash and no forgotten call can make them wrong.
/// </summary>
[DbContext(typeof(AssayDb)), Migration("0007_DatastoreTotals")]
internal sealed class M0007_DatastoreTotals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("datastore_totals", table => new
        {
            team_id = table.Number(),
            enrichment_only = table.Flag(),
            live = table.Number(),
        }, constraints: table => table.PrimaryKey("pk_datastore_totals", x => new { x.team_id, x.enrichment_only }));
        migrationBuilder.Sql("INSERT INTO datastore_totals (team_id, enrichment_only, live) VALUES (0, FALSE, 0), (0, TRUE, 0)");
        migrationBuilder.CreateIndex("ix_operations_latest", "operations", ["datastore_id", "id"]);
        var sqlite = ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal);
        foreach (var statement in sqlite ? Sqlite : Postgres) migrationBuilder.Sql(statement);
        // Names sort by code point on SQLite; PostgreSQL would follow the database's locale.
        if (!sqlite)
            foreach (var (table, column) in new[] { ("datastores", "name_key"), ("tags", "name"), ("datastore_groups", "name_key") })
                migrationBuilder.Sql($"ALTER TABLE {table} ALTER COLUMN {column} TYPE text COLLATE \"C\"");
    }

    private static readonly string[] Sqlite =
    [
        """
        CREATE TRIGGER tr_datastores_added AFTER INSERT ON datastores WHEN NEW.deleted IS NULL
        BEGIN
            UPDATE datastore_totals SET live = live + 1 WHERE team_id = 0 AND enrichment_only = NEW.enrichment_only;
        END
        """,
        """
        CREATE TRIGGER tr_datastores_changed AFTER UPDATE OF deleted, enrichment_only ON datastores
        WHEN (OLD.deleted IS NULL) <> (NEW.deleted IS NULL) OR OLD.enrichment_only <> NEW.enrichment_only
        BEGIN
            UPDATE datastore_totals SET live = live - 1 WHERE OLD.deleted IS NULL AND enrichment_only = OLD.enrichment_only
                AND (team_id = 0 OR team_id IN (SELECT team_id FROM team_datastores WHERE datastore_id = NEW.id));
            INSERT INTO datastore_totals (team_id, enrichment_only, live)
                SELECT team_id, NEW.enrichment_only, 1 FROM (SELECT 0 AS team_id UNION ALL SELECT team_id FROM team_datastores WHERE datastore_id = NEW.id)
                WHERE NEW.deleted IS NULL
                ON CONFLICT (team_id, enrichment_only) DO UPDATE SET live = live + 1;
        END
        """,
        """
        CREATE TRIGGER tr_datastores_removed BEFORE DELETE ON datastores WHEN OLD.deleted IS NULL
        BEGIN
            UPDATE datastore_totals SET live = live - 1 WHERE enrichment_only = OLD.enrichment_only
                AND (team_id = 0 OR team_id IN (SELECT team_id FROM team_datastores WHERE datastore_id = OLD.id));
        END
        """,
        """
        CREATE TRIGGER tr_team_datastores_added AFTER INSERT ON team_datastores
        BEGIN
            INSERT INTO datastore_totals (team_id, enrichment_only, live)
                SELECT NEW.team_id, d.enrichment_only, 1 FROM datastores d WHERE d.id = NEW.datastore_id AND d.deleted IS NULL
                ON CONFLICT (team_id, enrichment_only) DO UPDATE SET live = live + 1;
        END
        """,
        """
        CREATE TRIGGER tr_team_datastores_removed AFTER DELETE ON team_datastores
        BEGIN
            UPDATE datastore_totals SET live = live - 1 WHERE team_id = OLD.team_id
                AND enrichment_only = (SELECT d.enrichment_only FROM datastores d WHERE d.id = OLD.datastore_id AND d.deleted IS NULL);
        END
        """,
    ];

    // Statement by statement where many rows come at once: one row of totals changed a hundred thousand times in a transaction is slow.
    private static readonly string[] Postgres =
    [
        """
        CREATE FUNCTION datastores_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE datastore_totals t SET live = t.live + n.live
            FROM (SELECT enrichment_only, COUNT(*) AS live FROM added WHERE deleted IS NULL GROUP BY enrichment_only) n
            WHERE t.team_id = 0 AND t.enrichment_only = n.enrichment_only;
            RETURN NULL;
        END $$
        """,
        "CREATE TRIGGER tr_datastores_added AFTER INSERT ON datastores REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION datastores_added()",
        """
        CREATE FUNCTION datastores_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF OLD.deleted IS NULL THEN
                UPDATE datastore_totals SET live = live - 1 WHERE enrichment_only = OLD.enrichment_only
                    AND (team_id = 0 OR team_id IN (SELECT team_id FROM team_datastores WHERE datastore_id = NEW.id));
            END IF;
            IF NEW.deleted IS NULL THEN
                INSERT INTO datastore_totals AS t (team_id, enrichment_only, live)
                    SELECT team_id, NEW.enrichment_only, 1 FROM (SELECT 0 AS team_id UNION ALL SELECT team_id FROM team_datastores WHERE datastore_id = NEW.id) n
                    ORDER BY team_id
                    ON CONFLICT (team_id, enrichment_only) DO UPDATE SET live = t.live + 1;
            END IF;
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER tr_datastores_changed AFTER UPDATE OF deleted, enrichment_only ON datastores FOR EACH ROW
        WHEN ((OLD.deleted IS NULL) <> (NEW.deleted IS NULL) OR OLD.enrichment_only <> NEW.enrichment_only) EXECUTE FUNCTION datastores_changed()
        """,
        """
        CREATE FUNCTION datastores_removed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE datastore_totals SET live = live - 1 WHERE enrichment_only = OLD.enrichment_only
                AND (team_id = 0 OR team_id IN (SELECT team_id FROM team_datastores WHERE datastore_id = OLD.id));
            RETURN OLD;
        END $$
        """,
        "CREATE TRIGGER tr_datastores_removed BEFORE DELETE ON datastores FOR EACH ROW WHEN (OLD.deleted IS NULL) EXECUTE FUNCTION datastores_removed()",
        """
        CREATE FUNCTION team_datastores_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO datastore_totals AS t (team_id, enrichment_only, live)
                SELECT a.team_id, d.enrichment_only, COUNT(*) FROM added a JOIN datastores d ON d.id = a.datastore_id
                WHERE d.deleted IS NULL GROUP BY a.team_id, d.enrichment_only ORDER BY a.team_id
                ON CONFLICT (team_id, enrichment_only) DO UPDATE SET live = t.live + EXCLUDED.live;
            RETURN NULL;
        END $$
        """,
        "CREATE TRIGGER tr_team_datastores_added AFTER INSERT ON team_datastores REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION team_datastores_added()",
        """
        CREATE FUNCTION team_datastores_removed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE datastore_totals t SET live = t.live - n.live
            FROM (SELECT r.team_id, d.enrichment_only, COUNT(*) AS live FROM removed r JOIN datastores d ON d.id = r.datastore_id
                  WHERE d.deleted IS NULL GROUP BY r.team_id, d.enrichment_only) n
            WHERE t.team_id = n.team_id AND t.enrichment_only = n.enrichment_only;
            RETURN NULL;
        END $$
        """,
        "CREATE TRIGGER tr_team_datastores_removed AFTER DELETE ON team_datastores REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION team_datastores_removed()",
    ];
}
