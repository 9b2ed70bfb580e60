using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Evidence of scans that waits for its enrichment store, how that store takes it, and the tables that were written there.</summary>
[DbContext(typeof(AssayDb)), Migration("0015_EvidenceOutbox")]
internal sealed class M0015_EvidenceOutbox : Migration
{
    // None of them refers to datastores: what is left of a deleted source is dropped at its store afterwards, and written tables outlive their source.
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("evidence_outbox", table => new
        {
            id = table.Id(),
            target_id = table.Number(),
            datastore_id = table.Number(),
            container_scan_id = table.Number(nullable: true),
            operation_id = table.Number(),
            prefix = table.Text(),
            remediation = table.Text(),
            source_record_limit = table.Number(),
            max_records_analyzed = table.Number(),
            tables = table.Text(nullable: true),
            created = table.Time(),
            step = table.Number(defaultValue: 0),
            batch = table.Number(defaultValue: 0),
            after1 = table.Number(defaultValue: -1),
            after2 = table.Number(defaultValue: -1),
            until1 = table.Number(nullable: true),
            until2 = table.Number(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_evidence_outbox", x => x.id);
            table.ForeignKey("fk_evidence_outbox_scan", x => x.container_scan_id, "container_scans", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_evidence_outbox_target", "evidence_outbox", ["target_id", "id"]);
        migrationBuilder.CreateIndex("ix_evidence_outbox_datastore", "evidence_outbox", "datastore_id");
        migrationBuilder.CreateIndex("ix_evidence_outbox_scan", "evidence_outbox", "container_scan_id");

        migrationBuilder.CreateTable("evidence_state", table => new
        {
            datastore_id = table.Number(),
            failures = table.Number(defaultValue: 0),
            message = table.Text(nullable: true),
            failed = table.Time(nullable: true),
            next_try = table.Number(defaultValue: 0),
            delivered = table.Time(nullable: true),
            notice = table.Text(nullable: true),
            worker = table.Text(nullable: true),
            lease_until = table.Number(nullable: true),
        }, constraints: table => table.PrimaryKey("pk_evidence_state", x => x.datastore_id));

        migrationBuilder.CreateTable("evidence_tables", table => new
        {
            id = table.Id(),
            target_id = table.Number(),
            datastore_id = table.Number(),
            container_id = table.Number(nullable: true),
            name = table.Text(),
            label = table.Text(),
            columns = table.Text(),
            created = table.Time(),
            updated = table.Time(),
        }, constraints: table => table.PrimaryKey("pk_evidence_tables", x => x.id));
        migrationBuilder.CreateIndex("ux_evidence_tables_name", "evidence_tables", ["target_id", "name"], unique: true);
        migrationBuilder.CreateIndex("ix_evidence_tables_datastore", "evidence_tables", "datastore_id");
    }
}
