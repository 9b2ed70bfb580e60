using System.Text;

namespace Assay.Testing.Warehouses;

/// <summary>Makes PostgreSQL's SQL of one that quotes identifiers with backticks and escapes texts with backslashes.</summary>
public static class Backticks
{
    public static string Translate(string sql)
    {
        var text = new StringBuilder();
        for (var i = 0; i < sql.Length; i++)
        {
            if (sql[i] == '`')
            {
                text.Append('"');
                for (i++; i < sql.Length; i++)
                {
                    if (sql[i] == '`' && (i + 1 == sql.Length || sql[i + 1] != '`')) break;
                    // One vendor doubles it, the other puts a backslash before it.
                    if (sql[i] is '`' or '\\') i++;
                    text.Append(sql[i] == '"' ? "\"\"" : sql[i].ToString());
                }
                text.Append('"');
            }
            else if (sql[i] == '\'')
            {
                text.Append("E'");
                for (i++; i < sql.Length && sql[i] != '\''; i++)
                {
                    text.Append(sql[i]);
                    if (sql[i] == '\\') text.Append(sql[++i]);
                }
                text.Append('\'');
            }
            else text.Append(sql[i]);
        }
        return text.ToString();
    }
}
