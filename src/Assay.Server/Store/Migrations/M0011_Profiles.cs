using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Profiles of containers and fields. They outlive the operation that made them.</summary>
[DbContext(typeof(AssayDb)), Migration("0011_Profiles")]
internal sealed class M0011_Profiles : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("container_profiles", table => new
        {
            id = table.Id(),
            operation_id = table.Number(),
            container_id = table.Number(),
            parent_profile_id = table.Number(nullable: true),
            created = table.Time(),
            records_count = table.Number(nullable: true),
            records_processed = table.Number(),
            field_profiles_count = table.Number(),
            result = table.Text(),
            message = table.Text(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_container_profiles", x => x.id);
            table.ForeignKey("fk_container_profiles_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ix_container_profiles_container", "container_profiles", ["container_id", "id"]);
        migrationBuilder.CreateIndex("ix_container_profiles_operation", "container_profiles", ["operation_id", "container_id"]);

        migrationBuilder.CreateTable("field_profiles", table => new
        {
            id = table.Id(),
            container_profile_id = table.Number(),
            container_id = table.Number(),
            field_id = table.Number(),
            name = table.Text(),
            field_type = table.Text(),
            completeness = table.Column<double>(nullable: true),
            metrics = table.Text(),
            created = table.Time(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_field_profiles", x => x.id);
            table.ForeignKey("fk_field_profiles_profile", x => x.container_profile_id, "container_profiles", "id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("fk_field_profiles_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ix_field_profiles_profile", "field_profiles", ["container_profile_id", "name"]);
        migrationBuilder.CreateIndex("ix_field_profiles_field", "field_profiles", ["field_id", "id"]);
        migrationBuilder.CreateIndex("ix_field_profiles_container", "field_profiles", ["container_id", "id"]);

        migrationBuilder.CreateTable("measurements", table => new
        {
            id = table.Id(),
            container_id = table.Number(),
            day = table.Number(),
            created = table.Time(),
            measurement_time = table.Time(),
            row_count = table.Number(nullable: true),
            size_bytes = table.Number(nullable: true),
            last_modification_time = table.Time(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_measurements", x => x.id);
            table.ForeignKey("fk_measurements_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ux_measurements_day", "measurements", ["container_id", "day"], unique: true);

        migrationBuilder.AddColumn<long>("latest_profile_id", "fields", nullable: true);
        migrationBuilder.AddColumn<double>("completeness", "fields", nullable: true);
        migrationBuilder.AddColumn<string>("definition", "containers", nullable: true);
        migrationBuilder.AddColumn<long>("latest_profile_id", "containers", nullable: true);
        migrationBuilder.AddColumn<long>("last_profiled", "containers", nullable: true);
        migrationBuilder.AddColumn<double>("completeness", "containers", nullable: true);
        if (ActiveProvider!.EndsWith("PostgreSQL", StringComparison.Ordinal))
            migrationBuilder.Sql("ALTER TABLE field_profiles ALTER COLUMN name TYPE text COLLATE \"C\"");
    }
}
