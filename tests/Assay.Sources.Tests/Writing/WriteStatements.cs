using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Tests.Writing;

/// <summary>
/// What a writer sends in one dialect, for the grammars; without what they do not know: hints, kinds and options of tables, some types, LOCK,
/// names of three parts behind DELETE FROM.
/// </summary>
internal static class WriteStatements
{
    private static readonly TableShape table = new("odd table", [.. WritingSamples.Table("t", "te xt").Columns, new("free", TableType.Exact), new("wider", TableType.Exact, 80, 40)]);

    public static async Task<List<string>> OfAsync(TableDialect dialect)
    {
        var rows = WritingSamples.Rows.Select(row => (string?[])[.. row.Select(CellText.Of), "1.5", "1.5"]);
        List<string> statements = [dialect.ColumnsOf("t"), .. dialect.Create("t", table.Columns), .. dialect.Add("t", table.Columns), $"DROP TABLE {dialect.Table("t")}", $"DELETE FROM {dialect.Table("t")} WHERE {dialect.Quote("batch")} = {dialect.Text("x")}"];
        await foreach (var chunk in RowTexts.ChunksAsync(dialect, table, rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken)) statements.Add(dialect.Insert("t", table.Columns) + chunk);
        if (dialect is TransactionalDialect marking)
        {
            statements.AddRange([marking.CreateMarks("m"), marking.Mark("m", "t", "b")]);
            if (marking.LockMarks("m") is { } wait) statements.Add(wait);
        }
        if (dialect is StagedDialect staged)
            statements.AddRange([.. staged.CreateStage("s", table.Columns),
                $"INSERT INTO {dialect.Table("t")} (a) SELECT a FROM {dialect.Table("s")} WHERE NOT EXISTS (SELECT 1 FROM {dialect.Table("t")} t WHERE t.{dialect.Quote("b")} = 'x')"]);
        return [.. statements.Where(sql => !sql.StartsWith("LOCK ", StringComparison.Ordinal) && !sql.StartsWith("DELETE FROM", StringComparison.Ordinal)
            && !sql.Contains("INFORMATION_SCHEMA.COLUMNS c") && !sql.Contains("@@")).Select(Known)];
    }

    private static string Known(string sql)
    {
        foreach (var (unknown, known) in new[]
        {
            (" WITH (TABLOCKX, HOLDLOCK)", ""), (" WITH (HEAP)", ""), (" NOT ENFORCED", ""), ("PRIMARY KEY NONCLUSTERED", "PRIMARY KEY"), (" BOOLEAN", " SMALLINT"), ("TIMESTAMPTZ", "TIMESTAMP"),
            ("CREATE TRANSIENT TABLE", "CREATE TABLE"), (" DATA_RETENTION_TIME_IN_DAYS = 0", ""), ("BIGNUMERIC(20, 4)", "NUMERIC"), ("BIGNUMERIC", "NUMERIC"),
            (" OPTIONS (expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 1 DAY))", ""),
        })
            sql = sql.Replace(unknown, known);
        return sql;
    }
}
