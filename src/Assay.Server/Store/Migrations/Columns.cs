using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Assay.Server.Store.Migrations;

/// <summary>The few kinds of column that Assay's tables are made of, alike on both stores.</summary>
internal static class Columns
{
    /// <summary>A generated id, never reused.</summary>
    public static OperationBuilder<AddColumnOperation> Id(this ColumnsBuilder table) => table.Column<long>(nullable: false)
        .Annotation("Sqlite:Autoincrement", true)
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

    public static OperationBuilder<AddColumnOperation> Text(this ColumnsBuilder table, bool nullable = false) =>
        table.Column<string>(nullable: nullable);

    public static OperationBuilder<AddColumnOperation> Number(this ColumnsBuilder table, bool nullable = false, long? defaultValue = null) =>
        table.Column<long>(nullable: nullable, defaultValue: defaultValue);

    public static OperationBuilder<AddColumnOperation> Real(this ColumnsBuilder table, bool nullable = false) =>
        table.Column<double>(nullable: nullable);

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public static OperationBuilder<AddColumnOperation> Time(this ColumnsBuilder table, bool nullable = false) =>
        table.Column<long>(nullable: nullable);

    public static OperationBuilder<AddColumnOperation> Flag(this ColumnsBuilder table, bool defaultValue = false) =>
        table.Column<bool>(nullable: false, defaultValue: defaultValue);
}
