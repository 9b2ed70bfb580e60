using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Results of checks by partition.</summary>
[DbContext(typeof(AssayDb)), Migration("0024_PartitionResults")]
internal sealed class M0024_PartitionResults : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("partition_results", table => new
        {
            partition_scan_id = table.Number(),
            check_id = table.Number(),
            asserted_records = table.Number(),
            anomalous_records = table.Number(),
            assertion_details = table.Text(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_partition_results", x => new { x.partition_scan_id, x.check_id });
            table.ForeignKey("fk_partition_results_scan", x => x.partition_scan_id, "partition_scans", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_partition_results_check", x => x.check_id, "quality_checks", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_partition_results_check", "partition_results", "check_id");
        migrationBuilder.AddColumn<bool>("by_partition", "check_results", nullable: false, defaultValue: false);
    }
}
