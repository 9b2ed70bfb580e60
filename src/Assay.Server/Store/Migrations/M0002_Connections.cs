using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Connections with their sealed secrets.</summary>
[DbContext(typeof(AssayDb)), Migration("0002_Connections")]
internal sealed class M0002_Connections : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("connections", table => new
        {
            id = table.Id(),
            name = table.Text(),
            name_key = table.Text(),
            type = table.Text(),
            store_type = table.Text(),
            host = table.Text(nullable: true),
            port = table.Number(nullable: true),
            username = table.Text(nullable: true),
            uri = table.Text(nullable: true),
            access_key = table.Text(nullable: true),
            catalog = table.Text(nullable: true),
            catalog_type = table.Text(nullable: true),
            parameters = table.Text(),
            jdbc_fetch_size = table.Number(nullable: true),
            max_parallelization = table.Number(nullable: true),
            secrets_manager = table.Text(nullable: true),
            product_name = table.Text(nullable: true),
            product_version = table.Text(nullable: true),
            driver_name = table.Text(nullable: true),
            driver_version = table.Text(nullable: true),
            created = table.Time(),
            updated = table.Time(),
            revision = table.Number(defaultValue: 0),
        }, constraints: table => table.PrimaryKey("pk_connections", x => x.id));
        migrationBuilder.CreateIndex("ux_connections_name", "connections", "name", unique: true);
        migrationBuilder.CreateIndex("ix_connections_name_key", "connections", ["name_key", "id"]);
        migrationBuilder.CreateIndex("ix_connections_created", "connections", ["created", "id"]);
        migrationBuilder.CreateIndex("ix_connections_type", "connections", ["type", "host", "id"]);

        migrationBuilder.CreateTable("connection_secrets", table => new
        {
            connection_id = table.Number(),
            field = table.Text(),
            ciphertext = table.Text(),
        }, constraints: table =>
        {
            table.PrimaryKey("pk_connection_secrets", x => new { x.connection_id, x.field });
            table.ForeignKey("fk_connection_secrets_connection", x => x.connection_id, "connections", "id", onDelete: ReferentialAction.Cascade);
        });
    }
}
