namespace Assay.Server.Store.Bulk;

/// <summary>What a column that rows are poured into holds.</summary>
internal enum BulkType { Number, Text, Flag, Real }

/// <summary>A table that rows are poured into: one of the store's own, or a temporary one that statements then read.</summary>
/// <param name="Name">For temporary ones unique among those of a connection.</param>
internal sealed record BulkTable(string Name, params (string Name, BulkType Type)[] Columns)
{
    public string ColumnList => string.Join(", ", Columns.Select(c => c.Name));

    /// <summary>The statement that makes it for the length of the connection.</summary>
    public string CreateSql(StoreKind kind) =>
        $"CREATE TEMPORARY TABLE {Name} ({string.Join(", ", Columns.Select(c => $"{c.Name} {SqlType(kind, c.Type)}"))})";

    private static string SqlType(StoreKind kind, BulkType type) => type switch
    {
        BulkType.Number => kind == StoreKind.Postgres ? "bigint" : "INTEGER",
        BulkType.Real => kind == StoreKind.Postgres ? "double precision" : "REAL",
        BulkType.Flag => kind == StoreKind.Postgres ? "boolean" : "INTEGER",
        _ => kind == StoreKind.Postgres ? "text COLLATE \"C\"" : "TEXT",
    };
}
