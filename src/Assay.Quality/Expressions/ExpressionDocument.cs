using System.Text;
using Assay.Quality.Expressions.Functions;

namespace Assay.Quality.Expressions;

/// <summary>The supported Spark SQL as a page for people: <c>docs/expressions.md</c>, which a test keeps in step.</summary>
public static class ExpressionDocument
{
    /// <summary>The page as Markdown.</summary>
    public static string Write()
    {
        var text = new StringBuilder(
            """
            # Expressions

            Filters and expressions of checks are Spark SQL. Assay reads them with a grammar of its own, refuses what it does not know, with the
            position, and translates the rest for its engine. Nothing that an author writes reaches the engine as it is.

            ## Grammar

            - Literals: numbers (`1`, `1.5` is a decimal, `1e3` and `1.5D` are doubles, `10L`), text in single or double quotes with backslash escapes, `r'...'`,
              `TRUE`, `FALSE`, `NULL`, `DATE '2024-01-31'`, `TIMESTAMP '2024-01-31 10:00:00'`, `INTERVAL 3 DAYS`, `INTERVAL '1 year 2 days'`.
            - Names: as the container spells them, or in any case where that is clear; in backticks when they hold other characters; `a.b` for a struct's member,
              `a[0]` for an array's element (from 0), `a['key']` for a map's value.
            - Operators, loosest first: `OR`, `AND`, `NOT` or `!`; `=`, `==`, `!=`, `<>`, `<`, `<=`, `>`, `>=`, `<=>`, `IN`, `BETWEEN`, `LIKE`, `ILIKE` (with `ANY`,
              `ALL`, `ESCAPE`), `RLIKE` or `REGEXP`, `IS [NOT] NULL`, `TRUE`, `FALSE`, `DISTINCT FROM`; `|`; `^`; `&`; `+`, `-`, `||`; `*`, `/`, `%`, `DIV`; `-`, `~`; `::type`.
            - `CASE`, `CAST(x AS type)`, `TRY_CAST`, `EXTRACT(part FROM x)`, `TRIM(BOTH 'x' FROM s)`, `POSITION(a IN b)`, lambdas `x -> ...` and `(x, y) -> ...`.
            - `{{ name }}` takes the text that a scan supplies for the variable.
            - The only sub-query in filters and expressions of checks is one over the records under scan: `(SELECT AVG(x) FROM {{_qualytics_self}})`, also behind `IN`. It has one column and may have
              `WHERE`, `GROUP BY` and `HAVING`. Records of the sub-query that are NULL are left out by `IN` and `NOT IN`.

            ## Meaning

            - Comparisons and arithmetic with NULL are NULL; a filter keeps records for which it is true, and a NULL condition fails no check.
            - `/` never truncates, `%` has the dividend's sign, division by zero is NULL. Text counts as a double in arithmetic and when it is compared with a number,
              as a date or time when it is compared with one. What cannot be cast is NULL, for `CAST` as for `TRY_CAST`.
            - Whole numbers do not wrap around at 32 bits. Times are in UTC; the calendar goes from 1900 to 2299.
            - Regular expressions are Java's without look-around and back references; a pattern has to be a plain text. A NULL array is an empty one.
            - Refused: statements, other sub-queries (but in the queries of joins, see below), joins, table functions such as `explode`, functions that are not listed, and everything that would reach
              files, the network or settings. Aggregates stand in `aggregationComparison` and in sub-queries, window functions only in computed fields.

            ## Sub-queries

            In the `query` of a `computed_join`, sub-queries over its sources and named queries stand wherever a value can, and in parentheses of their own: in the list of columns, WHERE, ON,
            GROUP BY, HAVING, ORDER BY, CASE and arguments. They may hold all that the query may, with names of their own.

            - `(SELECT max(amount) FROM o)` is the only value of the only row, NULL (for arrays, maps and structs: empty) where there is no row. With several rows the query fails when it is read; sources' first
              1,000 rows are tried before it is stored.
            - `x IN (SELECT ...)` and `x NOT IN (SELECT ...)` have Spark's three values: NULL where `x` is not found but the sub-query has a NULL, and where `x` is NULL unless the sub-query has no row. It has one column.
              Values are compared as by `=`, but for these: numbers with a fraction are equal where their shortest decimal forms are, times where their microseconds are.
            - `EXISTS (SELECT ...)` and `NOT EXISTS (SELECT ...)`.
            - A sub-query in an expression cannot name columns of the query around it (a correlated one); a join does that.

            ## Functions


            """);
        foreach (var group in FunctionCatalogue.All.GroupBy(f => f.Group))
        {
            text.AppendLine($"### {group.Key}").AppendLine()
                .AppendLine(string.Join(", ", group.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"`{f.Name}`")) + ".").AppendLine();
        }

        text.AppendLine($"{FunctionCatalogue.All.Count} functions.");
        return text.ToString();
    }
}
