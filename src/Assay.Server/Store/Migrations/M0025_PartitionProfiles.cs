using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Which partitions a profile read, as they were then.</summary>
[DbContext(typeof(AssayDb)), Migration("0025_PartitionProfiles")]
internal sealed class M0025_PartitionProfiles : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("partition_profiles", table => new
        {
            id = table.Id(),
            container_profile_id = table.Number(),
            name = table.Text(),
            location = table.Text(nullable: true),
            partition_size = table.Number(nullable: true),
            modified = table.Time(nullable: true),
            records_processed = table.Number(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_partition_profiles", x => x.id);
            table.ForeignKey("fk_partition_profiles_profile", x => x.container_profile_id, "container_profiles", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ux_partition_profiles_name", "partition_profiles", ["container_profile_id", "name"], unique: true);
    }
}
