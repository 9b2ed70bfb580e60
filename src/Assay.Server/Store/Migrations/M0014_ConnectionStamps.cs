using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>
/// Lets a reader tell whether anything of a connection has changed, as <see cref="M0009_DatastoreStamps"/> does for datastores: by a
/// number that a trigger raises on SQLite, by the row's version (xmin) on PostgreSQL.
/// </summary>
[DbContext(typeof(AssayDb)), Migration("0014_ConnectionStamps")]
internal sealed class M0014_ConnectionStamps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (!ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal)) return;
        migrationBuilder.Sql("ALTER TABLE connections ADD stamp INTEGER NOT NULL DEFAULT 0");
        migrationBuilder.Sql("CREATE TRIGGER tr_stamp_connection AFTER UPDATE ON connections WHEN NEW.stamp = OLD.stamp BEGIN UPDATE connections SET stamp = stamp + 1 WHERE id = NEW.id; END");
    }
}
