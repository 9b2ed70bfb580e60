using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Assay.Server.Store.Migrations;

/// <summary>Whether empty cells of text files are missing values: they are unless someone says otherwise.</summary>
[DbContext(typeof(AssayDb)), Migration("0020_EmptyCells")]
internal sealed class M0020_EmptyCells : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<bool>("treat_empty_as_null", "containers", nullable: false, defaultValue: true);
}
