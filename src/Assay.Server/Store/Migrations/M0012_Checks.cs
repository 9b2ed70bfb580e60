using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Quality checks and their templates, with fields, tags and favourites.</summary>
[DbContext(typeof(AssayDb)), Migration("0012_Checks")]
internal sealed class M0012_Checks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("quality_checks", table => new
        {
            id = table.Id(),
            container_id = table.Number(nullable: true),
            rule_type = table.Text(),
            description = table.Text(),
            coverage = table.Real(nullable: true),
            filter = table.Text(nullable: true),
            properties = table.Text(nullable: true),
            additional_metadata = table.Text(nullable: true),
            status = table.Text(),
            deleted_at = table.Time(nullable: true),
            inferred = table.Flag(),
            is_template = table.Flag(),
            template_locked = table.Flag(),
            template_id = table.Number(nullable: true),
            owner_id = table.Number(nullable: true),
            default_anomaly_assignee_id = table.Number(nullable: true),
            anomaly_message_field = table.Text(nullable: true),
            expected_types = table.Text(nullable: true),
            identity = table.Text(),
            created = table.Time(),
            created_by_id = table.Number(nullable: true),
            last_updated = table.Time(),
            last_editor_id = table.Number(nullable: true),
            last_asserted = table.Time(nullable: true),
            is_passing = table.Column<bool>(nullable: true),
            num_container_scans = table.Number(defaultValue: 0),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_quality_checks", x => x.id);
            table.ForeignKey("fk_quality_checks_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
            table.ForeignKey("fk_quality_checks_template", x => x.template_id, "quality_checks", "id", onDelete: ReferentialAction.SetNull);
        });
        // The last word on "no two equal checks on a container".
        migrationBuilder.CreateIndex("ux_quality_checks_identity", "quality_checks", ["container_id", "identity"], unique: true, filter: "deleted_at IS NULL");
        migrationBuilder.CreateIndex("ix_quality_checks_container", "quality_checks", ["container_id", "status", "deleted_at"]);
        migrationBuilder.CreateIndex("ix_quality_checks_template", "quality_checks", "template_id", filter: "template_id IS NOT NULL");
        migrationBuilder.CreateIndex("ix_quality_checks_created", "quality_checks", ["created", "id"]);

        migrationBuilder.CreateTable("check_fields", table => new
        {
            check_id = table.Number(),
            position = table.Number(),
            name = table.Text(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_check_fields", x => new { x.check_id, x.position });
            table.ForeignKey("fk_check_fields_check", x => x.check_id, "quality_checks", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_check_fields_name", "check_fields", ["name", "check_id"]);

        migrationBuilder.CreateTable("check_tags", table => new
        {
            check_id = table.Number(),
            tag_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_check_tags", x => new { x.check_id, x.tag_id });
            table.ForeignKey("fk_check_tags_check", x => x.check_id, "quality_checks", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_check_tags_tag", x => x.tag_id, "tags", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_check_tags_tag", "check_tags", ["tag_id", "check_id"]);

        migrationBuilder.CreateTable("check_favorites", table => new
        {
            user_id = table.Number(),
            check_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_check_favorites", x => new { x.user_id, x.check_id });
            table.ForeignKey("fk_check_favorites_user", x => x.user_id, "users", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_check_favorites_check", x => x.check_id, "quality_checks", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_check_favorites_check", "check_favorites", "check_id");
    }
}
