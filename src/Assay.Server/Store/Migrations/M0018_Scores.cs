using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>
/// Quality scores with their settings. What a score follows from leaves a mark in the very transaction that changes it (triggers), so that no
/// crash and no forgotten call can leave a score that is out of date for good.
/// </summary>
[DbContext(typeof(AssayDb)), Migration("0018_Scores")]
internal sealed class M0018_Scores : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateTables(migrationBuilder);
        migrationBuilder.AddColumn<string>("quality_score", "datastores", nullable: true);
        var sqlite = ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal);
        foreach (var statement in sqlite ? Sqlite() : Postgres()) migrationBuilder.Sql(statement);
        // Whatever was scanned or profiled before there were scores gets one.
        migrationBuilder.Sql("INSERT INTO score_marks (datastore_id, container_id) SELECT datastore_id, id FROM containers WHERE deleted_at IS NULL");
    }

    // Container 0 stands for the datastore itself.
    private static void CreateTables(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("score_marks", table => new { id = table.Id(), datastore_id = table.Number(), container_id = table.Number() },
            constraints: table => table.PrimaryKey("pk_score_marks", x => x.id));
        migrationBuilder.CreateIndex("ix_score_marks_datastore", "score_marks", ["datastore_id", "container_id"]);

        migrationBuilder.CreateTable("score_state", table => new { datastore_id = table.Number(), calculated = table.Time() },
            constraints: table => table.PrimaryKey("pk_score_state", x => x.datastore_id));

        migrationBuilder.CreateTable("score_settings", table => new
        {
            container_id = table.Number(),
            datastore_id = table.Number(),
            decay_period_days = table.Number(),
            completeness_weight = table.Real(nullable: true),
            coverage_weight = table.Real(nullable: true),
            conformity_weight = table.Real(nullable: true),
            consistency_weight = table.Real(nullable: true),
            precision_weight = table.Real(nullable: true),
            timeliness_weight = table.Real(nullable: true),
            volumetrics_weight = table.Real(nullable: true),
            accuracy_weight = table.Real(nullable: true),
        }, constraints: table => table.PrimaryKey("pk_score_settings", x => new { x.container_id, x.datastore_id }));
        migrationBuilder.CreateIndex("ix_score_settings_datastore", "score_settings", "datastore_id");

        migrationBuilder.CreateTable("quality_scores", table => new
        {
            container_id = table.Number(),
            datastore_id = table.Number(),
            day = table.Number(),
            calculated = table.Time(),
            total = table.Real(nullable: true),
            completeness = table.Real(nullable: true),
            coverage = table.Real(nullable: true),
            conformity = table.Real(nullable: true),
            consistency = table.Real(nullable: true),
            precision = table.Real(nullable: true),
            timeliness = table.Real(nullable: true),
            volumetrics = table.Real(nullable: true),
            accuracy = table.Real(nullable: true),
        }, constraints: table => table.PrimaryKey("pk_quality_scores", x => new { x.container_id, x.datastore_id, x.day }));
        migrationBuilder.CreateIndex("ix_quality_scores_datastore", "quality_scores", "datastore_id");

        migrationBuilder.CreateTable("field_scores", table => new
        {
            field_id = table.Number(),
            container_id = table.Number(),
            calculated = table.Time(),
            total = table.Real(nullable: true),
            completeness = table.Real(nullable: true),
            coverage = table.Real(nullable: true),
            conformity = table.Real(nullable: true),
            consistency = table.Real(nullable: true),
            precision = table.Real(nullable: true),
            timeliness = table.Real(nullable: true),
            volumetrics = table.Real(nullable: true),
            accuracy = table.Real(nullable: true),
        }, constraints: table => table.PrimaryKey("pk_field_scores", x => x.field_id));
        migrationBuilder.CreateIndex("ix_field_scores_container", "field_scores", "container_id");
    }

    // Of a row that comes or changes. A datastore that is being purged needs no scores any more.
    private static readonly (string Name, string Table, string When, string? Columns)[] Changes =
    [
        ("scan_added", "container_scans", "INSERT", null),
        ("profile_added", "container_profiles", "INSERT", null),
        ("anomaly_changed", "anomalies", "UPDATE", "status"),
        ("check_added", "quality_checks", "INSERT", null),
        ("check_changed", "quality_checks", "UPDATE", "status, deleted_at, last_updated"),
        ("field_changed", "fields", "UPDATE", "status"),
        ("field_tagged", "field_tags", "INSERT", null),
        ("container_tagged", "container_tags", "INSERT", null),
        ("container_changed", "containers", "UPDATE", "deleted_at"),
    ];

    private static readonly (string Name, string Table)[] Removals =
    [
        ("scan_removed", "container_scans"), ("profile_removed", "container_profiles"), ("anomaly_removed", "anomalies"), ("check_removed", "quality_checks"),
        ("field_removed", "fields"), ("field_untagged", "field_tags"), ("container_untagged", "container_tags"),
    ];

    private const string Tagged = "SELECT x.container_id FROM container_tags x WHERE x.tag_id = NEW.id UNION SELECT x.container_id FROM field_tags x WHERE x.tag_id = NEW.id";

    private static string Mark(string containers) => $"""
        INSERT INTO score_marks (datastore_id, container_id)
        SELECT c.datastore_id, c.id FROM containers c JOIN datastores d ON d.id = c.datastore_id AND d.deleted IS NULL WHERE c.id {containers}
        """;

    // One writer at a time: a mark that is already there will be found by whoever calculates next, so one is enough.
    private static IEnumerable<string> Sqlite()
    {
        const string once = "AND NOT EXISTS (SELECT 1 FROM score_marks m WHERE m.datastore_id = c.datastore_id AND m.container_id = c.id)";
        foreach (var (name, table, when, columns) in Changes)
            yield return $"""
                CREATE TRIGGER tr_score_{name} AFTER {when}{(columns is null ? "" : $" OF {columns}")} ON {table} {(columns is null ? "" : $"WHEN {Differs(columns, "IS NOT")}")}
                BEGIN {Mark($"= NEW.{Id(table)} {once}")}; END
                """;
        foreach (var (name, table) in Removals)
            yield return $"CREATE TRIGGER tr_score_{name} AFTER DELETE ON {table} BEGIN {Mark($"= OLD.container_id {once}")}; END";
        yield return $"CREATE TRIGGER tr_score_tag_changed AFTER UPDATE OF weight_modifier ON tags WHEN NEW.weight_modifier <> OLD.weight_modifier BEGIN {Mark($"IN ({Tagged}) {once}")}; END";
    }

    // Many writers: a mark that another transaction is just taking must not stand for a new one, so each leaves its own.
    private static IEnumerable<string> Postgres()
    {
        foreach (var table in new[] { "container_id", "id" })
            yield return $"CREATE FUNCTION score_mark_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Mark($"= NEW.{table}")}; RETURN NULL; END $$";
        yield return $"CREATE FUNCTION score_mark_removed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Mark("IN (SELECT container_id FROM removed)")}; RETURN NULL; END $$";
        yield return $"CREATE FUNCTION score_mark_tag() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Mark($"IN ({Tagged})")}; RETURN NULL; END $$";
        foreach (var (name, table, when, columns) in Changes)
            yield return $"""
                CREATE TRIGGER tr_score_{name} AFTER {when}{(columns is null ? "" : $" OF {columns}")} ON {table} FOR EACH ROW
                {(columns is null ? "" : $"WHEN ({Differs(columns, "IS DISTINCT FROM")})")} EXECUTE FUNCTION score_mark_{Id(table)}()
                """;
        foreach (var (name, table) in Removals)
            yield return $"CREATE TRIGGER tr_score_{name} AFTER DELETE ON {table} REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION score_mark_removed()";
        yield return """
            CREATE TRIGGER tr_score_tag_changed AFTER UPDATE OF weight_modifier ON tags FOR EACH ROW
            WHEN (NEW.weight_modifier IS DISTINCT FROM OLD.weight_modifier) EXECUTE FUNCTION score_mark_tag()
            """;
    }

    private static string Id(string table) => table == "containers" ? "id" : "container_id";

    private static string Differs(string columns, string isNot) =>
        string.Join(" OR ", columns.Split(", ").Select(c => $"NEW.{c} {isNot} OLD.{c}"));
}
