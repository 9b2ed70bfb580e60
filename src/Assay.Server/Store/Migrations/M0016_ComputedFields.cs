using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Computed fields, profiles of groups, and who was shown masked values.</summary>
[DbContext(typeof(AssayDb)), Migration("0016_ComputedFields")]
internal sealed class M0016_ComputedFields : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("computed_fields", table => new
        {
            id = table.Id(),
            container_id = table.Number(),
            name = table.Text(),
            transformation = table.Text(),
            source_fields = table.Text(),
            depends_on = table.Text(),
            properties = table.Text(),
            additional_metadata = table.Text(nullable: true),
            created = table.Time(),
            updated = table.Time(),
            last_editor_id = table.Number(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_computed_fields", x => x.id);
            table.ForeignKey("fk_computed_fields_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ux_computed_fields_name", "computed_fields", ["container_id", "name"], unique: true);
        migrationBuilder.AddColumn<long>("computed_field_id", "fields", nullable: true);
        migrationBuilder.CreateIndex("ix_fields_computed", "fields", "computed_field_id", filter: "computed_field_id IS NOT NULL");

        migrationBuilder.AddColumn<string>("filter", "container_profiles", nullable: true);
        migrationBuilder.CreateIndex("ix_container_profiles_parent", "container_profiles", "parent_profile_id", filter: "parent_profile_id IS NOT NULL");

        // Without foreign keys: what was seen was seen, whatever is deleted afterwards.
        migrationBuilder.CreateTable("masking_reveals", table => new
        {
            id = table.Id(),
            created = table.Time(),
            user_id = table.Number(),
            action = table.Text(),
            resource_type = table.Text(),
            resource_id = table.Number(),
            fields = table.Text(),
        }, constraints: table => table.PrimaryKey("pk_masking_reveals", x => x.id));
        migrationBuilder.CreateIndex("ix_masking_reveals_resource", "masking_reveals", ["resource_type", "resource_id", "id"]);
        if (ActiveProvider!.EndsWith("PostgreSQL", StringComparison.Ordinal))
            migrationBuilder.Sql("ALTER TABLE computed_fields ALTER COLUMN name TYPE text COLLATE \"C\"");
    }
}
