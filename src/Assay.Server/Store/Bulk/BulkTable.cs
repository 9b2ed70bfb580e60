namespace Assay.Server.Store.Bulk;

/// <summary>What a column of a temporary table holds.</summary>
internal enum BulkType { Number, Text, Flag }

/// <summary>A temporary table that rows are poured into and that statements then read.</summary>
/// <param name="Name">Unique among the temporary tables of a connection.</param>
internal sealed record BulkTable(string Name, params (string Name, BulkType Type)[] Columns)
{
    public string ColumnList => string.Join(", ", Columns.Select(c => c.Name));

    /// <summary>The statement that makes it for the length of the connection.</summary>
    public string CreateSql(StoreKind kind) =>
        $"CREATE TEMPORARY TABLE {Name} ({string.Join(", ", Columns.Select(c => $"{c.Name} {SqlType(kind, c.Type)}"))})";

    private static string SqlType(StoreKind kind, BulkType type) => type switch
    {
        BulkType.Number => kind == StoreKind.Postgres ? "bigint" : "INTEGER",
        BulkType.Flag => kind == StoreKind.Postgres ? "boolean" : "INTEGER",
        _ => kind == StoreKind.Postgres ? "text COLLATE \"C\"" : "TEXT",
    };
}
