using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Counts the changes of small tables that every node keeps in memory. Triggers count, so that no writer can forget to.</summary>
[DbContext(typeof(AssayDb)), Migration("0008_LookupVersions")]
internal sealed class M0008_LookupVersions : Migration
{
    private static readonly string[] Tables = ["tags", "teams"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("lookup_versions", table => new
        {
            name = table.Text(),
            version = table.Number(),
        }, constraints: table => table.PrimaryKey("pk_lookup_versions", x => x.name));
        var sqlite = ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal);
        if (!sqlite)
            migrationBuilder.Sql("CREATE FUNCTION lookup_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE lookup_versions SET version = version + 1 WHERE name = TG_TABLE_NAME; RETURN NULL; END $$");
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"INSERT INTO lookup_versions (name, version) VALUES ('{table}', 1)");
            if (!sqlite) migrationBuilder.Sql($"CREATE TRIGGER tr_{table}_version AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION lookup_changed()");
            else
                foreach (var verb in new[] { "INSERT", "UPDATE", "DELETE" })
                    migrationBuilder.Sql($"CREATE TRIGGER tr_{table}_{verb.ToLowerInvariant()} AFTER {verb} ON {table} BEGIN UPDATE lookup_versions SET version = version + 1 WHERE name = '{table}'; END");
        }
    }
}
