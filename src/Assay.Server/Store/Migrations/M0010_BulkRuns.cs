using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Bulk creations that came with an idempotency key, and what each has made so far.</summary>
[DbContext(typeof(AssayDb)), Migration("0010_BulkRuns")]
internal sealed class M0010_BulkRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("bulk_runs", table => new
        {
            id = table.Id(),
            user_id = table.Number(),
            key = table.Text(),
            digest = table.Text(),
            ground = table.Text(),
            answer = table.Text(nullable: true),
            created = table.Time(),
        }, constraints: table => table.PrimaryKey("pk_bulk_runs", x => x.id));
        migrationBuilder.CreateIndex("ux_bulk_runs_key", "bulk_runs", ["user_id", "key"], unique: true);
        migrationBuilder.CreateIndex("ix_bulk_runs_created", "bulk_runs", "created");
        migrationBuilder.CreateTable("bulk_run_items", table => new
        {
            run_id = table.Number(),
            position = table.Number(),
            datastore_id = table.Number(),
        }, constraints: table =>
        {
            // The last word on "nothing twice": two requests with one key cannot both fill a position.
            table.PrimaryKey("pk_bulk_run_items", x => new { x.run_id, x.position });
            table.ForeignKey("fk_bulk_run_items_run", x => x.run_id, "bulk_runs", "id", onDelete: ReferentialAction.Cascade);
        });
    }
}
