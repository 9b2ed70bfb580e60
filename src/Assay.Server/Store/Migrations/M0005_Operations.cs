using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Operations: the record of long work. Their dispatch is Quartz's, in tables of its own.</summary>
[DbContext(typeof(AssayDb)), Migration("0005_Operations")]
internal sealed class M0005_Operations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("operations", table => new
        {
            id = table.Id(),
            type = table.Text(),
            datastore_id = table.Number(),
            result = table.Text(),
            message = table.Text(nullable: true),
            triggered_by = table.Text(),
            settings = table.Text(),
            status = table.Text(),
            created = table.Time(),
            start_time = table.Time(nullable: true),
            end_time = table.Time(nullable: true),
            duration = table.Number(nullable: true),
            abort_requested = table.Flag(),
            interruptions = table.Number(defaultValue: 0),
            attempt = table.Number(),
            worker = table.Text(nullable: true),
            heartbeat = table.Time(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_operations", x => x.id);
            table.ForeignKey("fk_operations_datastore", x => x.datastore_id, "datastores", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ix_operations_created", "operations", ["created", "id"]);
        migrationBuilder.CreateIndex("ix_operations_datastore", "operations", ["datastore_id", "type", "id"]);
        migrationBuilder.CreateIndex("ix_operations_open", "operations", ["result", "id"], filter: "end_time IS NULL");
        // The last word on "one run at a time per datastore and kind", whatever dispatch believes.
        migrationBuilder.CreateIndex("ux_operations_running", "operations", ["datastore_id", "type"], unique: true, filter: "result = 'running'");
    }
}
