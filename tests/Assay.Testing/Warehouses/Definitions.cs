using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Testing.Warehouses;

/// <summary>Makes PostgreSQL's of what vendors spell in their own way in statements that make and fill tables.</summary>
internal static partial class Definitions
{
    /// <summary>Where a table is made or changed, a vendor's TIMESTAMP is a moment.</summary>
    public static string OfMoments(string sql) =>
        sql.StartsWith("CREATE TABLE", StringComparison.Ordinal) || sql.StartsWith("ALTER TABLE", StringComparison.Ordinal) ? Moment().Replace(sql, "\" timestamptz") : sql;

    /// <summary>Texts in which a backslash escapes, as PostgreSQL wants to be told.</summary>
    public static string WithEscapes(string sql)
    {
        var text = new StringBuilder();
        for (var i = 0; i < sql.Length; i++)
        {
            var quote = sql[i];
            if (quote is not ('"' or '\''))
            {
                text.Append(quote);
                continue;
            }
            if (quote == '\'') text.Append('E');
            text.Append(quote);
            for (i++; i < sql.Length && (sql[i] != quote || (i + 1 < sql.Length && sql[i + 1] == quote)); i++)
            {
                text.Append(sql[i]);
                if (sql[i] == quote || (sql[i] == '\\' && quote == '\'')) text.Append(sql[++i]);
            }
            text.Append(quote);
        }
        return text.ToString();
    }

    [GeneratedRegex("\" TIMESTAMP\\b")]
    private static partial Regex Moment();
}
