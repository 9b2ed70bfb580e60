using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Scans of containers, what their checks came to, and the anomalies they found with the evidence.</summary>
[DbContext(typeof(AssayDb)), Migration("0013_Anomalies")]
internal sealed class M0013_Anomalies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateScans(migrationBuilder);
        CreateAnomalies(migrationBuilder);
        CreateCompany(migrationBuilder);
    }

    private static void CreateScans(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("container_scans", table => new
        {
            id = table.Id(),
            operation_id = table.Number(nullable: true),
            container_id = table.Number(),
            created = table.Time(),
            start_time = table.Time(nullable: true),
            end_time = table.Time(nullable: true),
            result = table.Text(),
            message = table.Text(nullable: true),
            incremental = table.Flag(),
            records_processed = table.Number(defaultValue: 0),
            anomaly_count = table.Number(defaultValue: 0),
            checks_asserted = table.Number(defaultValue: 0),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_container_scans", x => x.id);
            table.ForeignKey("fk_container_scans_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
            table.ForeignKey("fk_container_scans_operation", x => x.operation_id, "operations", "id", onDelete: ReferentialAction.SetNull);
        });
        // One result per container and run: a container that was committed is not scanned again by another attempt.
        migrationBuilder.CreateIndex("ux_container_scans_operation", "container_scans", ["operation_id", "container_id"], unique: true);
        migrationBuilder.CreateIndex("ix_container_scans_container", "container_scans", ["container_id", "id"]);

        migrationBuilder.CreateTable("scan_checkpoints", table => new
        {
            container_id = table.Number(),
            field = table.Text(),
            value = table.Text(),
            updated = table.Time(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_scan_checkpoints", x => x.container_id);
            table.ForeignKey("fk_scan_checkpoints_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
        });

        migrationBuilder.CreateTable("check_results", table => new
        {
            container_scan_id = table.Number(),
            check_id = table.Number(),
            created = table.Time(),
            assertion_result = table.Text(),
            assertion_details = table.Text(nullable: true),
            asserted_records = table.Number(nullable: true),
            anomalous_records = table.Number(nullable: true),
            measurement = table.Text(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_check_results", x => new { x.container_scan_id, x.check_id });
            table.ForeignKey("fk_check_results_scan", x => x.container_scan_id, "container_scans", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_check_results_check", x => x.check_id, "quality_checks", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_check_results_check", "check_results", ["check_id", "created"]);
    }

    private static void CreateAnomalies(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("anomalies", table => new
        {
            id = table.Id(),
            uuid = table.Text(),
            container_id = table.Number(),
            operation_id = table.Number(nullable: true),
            container_scan_id = table.Number(nullable: true),
            type = table.Text(),
            message = table.Text(),
            status = table.Text(),
            archived_at = table.Time(nullable: true),
            description = table.Text(nullable: true),
            partition = table.Text(nullable: true),
            anomalous_records_count = table.Number(nullable: true),
            fingerprint = table.Number(nullable: true),
            weight = table.Number(),
            source_enriched = table.Flag(),
            created = table.Time(),
            updated = table.Time(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_anomalies", x => x.id);
            table.ForeignKey("fk_anomalies_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
            table.ForeignKey("fk_anomalies_operation", x => x.operation_id, "operations", "id", onDelete: ReferentialAction.SetNull);
            table.ForeignKey("fk_anomalies_scan", x => x.container_scan_id, "container_scans", "id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("ux_anomalies_uuid", "anomalies", "uuid", unique: true);
        migrationBuilder.CreateIndex("ix_anomalies_container", "anomalies", ["container_id", "archived_at", "id"]);
        migrationBuilder.CreateIndex("ix_anomalies_fingerprint", "anomalies", ["container_id", "fingerprint"], filter: "fingerprint IS NOT NULL");
        migrationBuilder.CreateIndex("ix_anomalies_operation", "anomalies", "operation_id");
        migrationBuilder.CreateIndex("ix_anomalies_scan", "anomalies", "container_scan_id");
        migrationBuilder.CreateIndex("ix_anomalies_created", "anomalies", ["created", "weight", "id"]);

        migrationBuilder.CreateTable("failed_checks", table => new
        {
            anomaly_id = table.Number(),
            check_id = table.Number(),
            message = table.Text(),
            suggested_field = table.Text(nullable: true),
            suggested_value = table.Text(nullable: true),
            suggested_score = table.Real(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_failed_checks", x => new { x.anomaly_id, x.check_id });
            table.ForeignKey("fk_failed_checks_anomaly", x => x.anomaly_id, "anomalies", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_failed_checks_check", x => x.check_id, "quality_checks", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_failed_checks_check", "failed_checks", ["check_id", "anomaly_id"]);

        migrationBuilder.CreateTable("anomaly_source_records", table => new
        {
            anomaly_id = table.Number(),
            position = table.Number(),
            container_id = table.Number(),
            context = table.Text(nullable: true),
            record = table.Text(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_anomaly_source_records", x => new { x.anomaly_id, x.position });
            table.ForeignKey("fk_anomaly_source_records_anomaly", x => x.anomaly_id, "anomalies", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_anomaly_source_records_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ix_anomaly_source_records_container", "anomaly_source_records", "container_id");
    }

    private static void CreateCompany(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("anomaly_tags", table => new
        {
            anomaly_id = table.Number(),
            tag_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_anomaly_tags", x => new { x.anomaly_id, x.tag_id });
            table.ForeignKey("fk_anomaly_tags_anomaly", x => x.anomaly_id, "anomalies", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_anomaly_tags_tag", x => x.tag_id, "tags", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_anomaly_tags_tag", "anomaly_tags", ["tag_id", "anomaly_id"]);

        migrationBuilder.CreateTable("anomaly_assignees", table => new
        {
            anomaly_id = table.Number(),
            user_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_anomaly_assignees", x => new { x.anomaly_id, x.user_id });
            table.ForeignKey("fk_anomaly_assignees_anomaly", x => x.anomaly_id, "anomalies", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_anomaly_assignees_user", x => x.user_id, "users", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_anomaly_assignees_user", "anomaly_assignees", "user_id");

        migrationBuilder.CreateTable("anomaly_comments", table => new
        {
            id = table.Id(),
            anomaly_id = table.Number(),
            user_id = table.Number(nullable: true),
            message = table.Text(),
            created = table.Time(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_anomaly_comments", x => x.id);
            table.ForeignKey("fk_anomaly_comments_anomaly", x => x.anomaly_id, "anomalies", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_anomaly_comments_user", x => x.user_id, "users", "id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("ix_anomaly_comments_anomaly", "anomaly_comments", ["anomaly_id", "id"]);
        migrationBuilder.CreateIndex("ix_anomaly_comments_user", "anomaly_comments", "user_id");
    }
}
