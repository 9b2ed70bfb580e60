using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>What scans came to partition by partition, and whether a scan looked at all of a container.</summary>
[DbContext(typeof(AssayDb)), Migration("0019_PartitionScans")]
internal sealed class M0019_PartitionScans : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("partition_scans", table => new
        {
            id = table.Id(),
            container_scan_id = table.Number(),
            name = table.Text(),
            created = table.Time(),
            records_processed = table.Number(),
            anomaly_count = table.Number(),
            result = table.Text(),
            message = table.Text(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_partition_scans", x => x.id);
            table.ForeignKey("fk_partition_scans_scan", x => x.container_scan_id, "container_scans", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ux_partition_scans_name", "partition_scans", ["container_scan_id", "name"], unique: true);

        migrationBuilder.AddColumn<bool>("whole", "container_scans", nullable: false, defaultValue: false);
        // Of earlier scans it is only known which were not.
        migrationBuilder.Sql("UPDATE container_scans SET whole = NOT incremental");
        migrationBuilder.CreateIndex("ix_container_scans_created", "container_scans", "created");
        migrationBuilder.CreateIndex("ix_anomalies_partition", "anomalies", ["container_id", "partition"], filter: "partition IS NOT NULL");
    }
}
