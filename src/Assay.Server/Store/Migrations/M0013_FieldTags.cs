using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Tags of fields and partitions of their own, and how many fields a datastore holds.</summary>
[DbContext(typeof(AssayDb)), Migration("0013_FieldTags")]
internal sealed class M0013_FieldTags : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // By container too: a purge removes them in bounded portions, not by one cascade. Who deletes a field deletes its tags.
        migrationBuilder.CreateTable("field_tags", table => new
        {
            field_id = table.Number(),
            tag_id = table.Number(),
            container_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_field_tags", x => new { x.field_id, x.tag_id });
            table.ForeignKey("fk_field_tags_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_field_tags_tag", x => x.tag_id, "tags", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_field_tags_tag", "field_tags", ["tag_id", "field_id"]);
        migrationBuilder.CreateIndex("ix_field_tags_container", "field_tags", "container_id");

        migrationBuilder.CreateTable("partition_tags", table => new
        {
            partition_id = table.Number(),
            tag_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_partition_tags", x => new { x.partition_id, x.tag_id });
            table.ForeignKey("fk_partition_tags_partition", x => x.partition_id, "partitions", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_partition_tags_tag", x => x.tag_id, "tags", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_partition_tags_tag", "partition_tags", ["tag_id", "partition_id"]);

        migrationBuilder.AddColumn<long>("field_count", "datastores", nullable: false, defaultValue: 0L);
    }
}
