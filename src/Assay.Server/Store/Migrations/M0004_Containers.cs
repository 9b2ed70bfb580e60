using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Containers, their fields and partitions.</summary>
[DbContext(typeof(AssayDb)), Migration("0004_Containers")]
internal sealed class M0004_Containers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("containers", table => new
        {
            id = table.Id(),
            datastore_id = table.Number(),
            name = table.Text(),
            name_key = table.Column<string>(nullable: false, defaultValue: ""),
            container_type = table.Text(),
            table_type = table.Text(nullable: true),
            description = table.Text(nullable: true),
            remarks = table.Text(nullable: true),
            records = table.Number(nullable: true),
            records_quality = table.Text(),
            field_count = table.Number(),
            fingerprint = table.Text(),
            sync_state = table.Text(),
            problem = table.Text(nullable: true),
            partition_field = table.Text(nullable: true),
            incremental_field_name = table.Text(nullable: true),
            incremental_identifier_type = table.Text(nullable: true),
            user_settings = table.Text(),
            infer_datatypes = table.Flag(),
            group_by_fields = table.Text(nullable: true),
            volumetric_tracking_enabled = table.Flag(),
            freshness_tracking_enabled = table.Flag(),
            keys = table.Text(),
            file = table.Text(nullable: true),
            additional_metadata = table.Text(nullable: true),
            created = table.Time(),
            updated = table.Time(),
            deleted_at = table.Time(nullable: true),
            deleted_by_user = table.Flag(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_containers", x => x.id);
            table.ForeignKey("fk_containers_datastore", x => x.datastore_id, "datastores", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ux_containers_name", "containers", ["datastore_id", "name"], unique: true);
        migrationBuilder.CreateIndex("ix_containers_created", "containers", ["datastore_id", "created", "id"]);

        migrationBuilder.CreateTable("fields", table => new
        {
            id = table.Id(),
            container_id = table.Number(),
            name = table.Text(),
            ordinal = table.Number(),
            type = table.Text(),
            element_type = table.Text(nullable: true),
            native_type = table.Text(nullable: true),
            nullable = table.Column<bool>(nullable: true),
            column_size = table.Number(nullable: true),
            decimal_digits = table.Number(nullable: true),
            remarks = table.Text(nullable: true),
            description = table.Text(nullable: true),
            status = table.Text(),
            weight = table.Number(defaultValue: 0),
            additional_metadata = table.Text(nullable: true),
            created = table.Time(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_fields", x => x.id);
            table.ForeignKey("fk_fields_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ux_fields_name", "fields", ["container_id", "name"], unique: true);

        migrationBuilder.CreateTable("partitions", table => new
        {
            id = table.Id(),
            container_id = table.Number(),
            name = table.Text(),
            location = table.Text(nullable: true),
            partition_size = table.Number(nullable: true),
            modified = table.Time(nullable: true),
            created = table.Time(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_partitions", x => x.id);
            table.ForeignKey("fk_partitions_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ux_partitions_name", "partitions", ["container_id", "name"], unique: true);

        CreateLinks(migrationBuilder);
        // Names sort by code point on SQLite; PostgreSQL would follow the database's locale.
        if (ActiveProvider!.EndsWith("PostgreSQL", StringComparison.Ordinal))
            foreach (var (table, column) in new[] { ("containers", "name"), ("containers", "name_key"), ("fields", "name"), ("partitions", "name") })
                migrationBuilder.Sql($"ALTER TABLE {table} ALTER COLUMN {column} TYPE text COLLATE \"C\"");
    }

    private static void CreateLinks(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("container_tags", table => new
        {
            container_id = table.Number(),
            tag_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_container_tags", x => new { x.container_id, x.tag_id });
            table.ForeignKey("fk_container_tags_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_container_tags_tag", x => x.tag_id, "tags", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_container_tags_tag", "container_tags", ["tag_id", "container_id"]);

        migrationBuilder.CreateTable("container_favorites", table => new
        {
            user_id = table.Number(),
            container_id = table.Number(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_container_favorites", x => new { x.user_id, x.container_id });
            table.ForeignKey("fk_container_favorites_user", x => x.user_id, "users", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_container_favorites_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("ix_container_favorites_container", "container_favorites", "container_id");
    }
}
