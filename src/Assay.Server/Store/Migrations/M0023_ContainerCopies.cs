using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>The latest copy of each container in its enrichment store, which user asked for an operation, and which written tables hold values of masked fields.</summary>
[DbContext(typeof(AssayDb)), Migration("0023_ContainerCopies")]
internal sealed class M0023_ContainerCopies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // Without a foreign key to the store: a copy stays where it is when the store's registration goes.
        migrationBuilder.CreateTable("container_copies", table => new
        {
            container_id = table.Number(),
            store_id = table.Number(nullable: true),
            table_name = table.Text(nullable: true),
            columns = table.Text(nullable: true),
            operation_id = table.Number(),
            records_processed = table.Number(),
            result = table.Text(),
            message = table.Text(nullable: true),
            start_time = table.Time(),
            end_time = table.Time(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_container_copies", x => x.container_id);
            table.ForeignKey("fk_container_copies_container", x => x.container_id, "containers", "id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("ix_container_copies_operation", "container_copies", ["operation_id", "container_id"]);
        migrationBuilder.AddColumn<long>("triggered_by_id", "operations", nullable: true);
        migrationBuilder.AddColumn<bool>("revealed", "evidence_tables", nullable: false, defaultValue: false);
    }
}
