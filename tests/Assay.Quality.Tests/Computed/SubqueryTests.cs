using System.Text.RegularExpressions;
using Assay.Engine;
using Assay.Quality.Computed;
using Assay.Quality.Tests.Expressions;
using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests.Computed;

/// <summary>Sub-queries in the expressions of queries over sources, with what Spark says of NULL. Each is run on the engine.</summary>
public sealed partial class SubqueryTests(QualityEngine engine)
{
    private static readonly JoinSource[] Sources =
    [
        new("n", "SELECT arrayJoin([1, 3, NULL]::Array(Nullable(Int64))) AS x", [new("x", FieldType.Integral)]),
        new("v", "SELECT arrayJoin([1, 2, NULL]::Array(Nullable(Int64))) AS y", [new("y", FieldType.Integral)]),
        new("w", "SELECT arrayJoin([1, 2]::Array(Nullable(Int64))) AS y", [new("y", FieldType.Integral)]),
        new("e", "SELECT NULL::Nullable(Int64) AS y, ['a'] AS l WHERE 0", [new("y", FieldType.Integral), new("l", FieldType.Array, FieldType.String)]),
        new("one", "SELECT 1::Nullable(Int64) AS i", [new("i", FieldType.Integral)]),
        new("a", "SELECT arrayJoin([0.11, 0.10, -0.0]::Array(Decimal(9, 2))) AS d", [new("d", FieldType.Fractional)]),
        new("b", "SELECT 0.1::Decimal(9, 1) AS d, -0.0 AS z, '0.11' AS s, 'x' AS k, toDate('2024-01-31') AS t", [new("d", FieldType.Fractional), new("z", FieldType.Fractional), new("s", FieldType.String), new("k", FieldType.String), new("t", FieldType.Date)]),
    ];

    [Theory]
    // IN: NULL in the list, an empty list, a list without NULL.
    [InlineData("SELECT x, x IN (SELECT y FROM v) AS r FROM n ORDER BY x", "[(NULL,NULL),(1,1),(3,NULL)]")]
    [InlineData("SELECT x, x NOT IN (SELECT y FROM v) AS r FROM n ORDER BY x", "[(NULL,NULL),(1,0),(3,NULL)]")]
    [InlineData("SELECT x, x IN (SELECT y FROM w) AS r FROM n ORDER BY x", "[(NULL,NULL),(1,1),(3,0)]")]
    [InlineData("SELECT x, x NOT IN (SELECT y FROM w) AS r FROM n ORDER BY x", "[(NULL,NULL),(1,0),(3,1)]")]
    [InlineData("SELECT x, x IN (SELECT y FROM e) AS r FROM n ORDER BY x", "[(NULL,0),(1,0),(3,0)]")]
    [InlineData("SELECT x, x NOT IN (SELECT y FROM e) AS r FROM n ORDER BY x", "[(NULL,1),(1,1),(3,1)]")]
    [InlineData("SELECT x, x IN (SELECT NULL FROM w) AS r FROM n ORDER BY x", "[(NULL,NULL),(1,NULL),(3,NULL)]")]
    [InlineData("SELECT x, NULL IN (SELECT y FROM e) AS r, NULL IN (SELECT y FROM w) AS s FROM n ORDER BY x", "[(NULL,0,NULL),(1,0,NULL),(3,0,NULL)]")]
    [InlineData("SELECT x FROM n WHERE x NOT IN (SELECT y FROM v)", "[]")]
    [InlineData("SELECT x FROM n WHERE x NOT IN (SELECT y FROM v WHERE y IS NOT NULL)", "[(3)]")]
    [InlineData("SELECT x FROM n WHERE (x IN (SELECT y FROM v)) IS NULL ORDER BY x", "[(NULL),(3)]")]
    // IN: other types, as a comparison brings them together.
    [InlineData("SELECT d, d IN (SELECT d FROM b) AS r FROM a ORDER BY d DESC", "[(0.11,0),(0.1,1),(0,0)]")]
    [InlineData("SELECT d, d IN (SELECT z FROM b) AS r FROM a ORDER BY d DESC", "[(0.11,0),(0.1,0),(0,1)]")]
    [InlineData("SELECT d, d IN (SELECT s FROM b) AS r, 0.5 IN (SELECT y FROM w) AS t FROM a ORDER BY d DESC", "[(0.11,1,0),(0.1,0,0),(0,0,0)]")]
    [InlineData("SELECT '2024-01-31' IN (SELECT t FROM b) AS r, TIMESTAMP '2024-01-31 00:00:00' IN (SELECT t FROM b) AS s, (i = 1) IN (SELECT TRUE FROM b) AS u FROM one", "[(1,1,1)]")]
    // A value.
    [InlineData("SELECT x, (SELECT max(y) FROM v) AS m FROM n WHERE x > (SELECT min(y) FROM v)", "[(3,2)]")]
    [InlineData("SELECT (SELECT y FROM e) AS m, (SELECT i FROM one WHERE i = 2) AS o, (SELECT l FROM e) AS l, (SELECT count(*) FROM e) AS c FROM one", "[(NULL,NULL,[],0)]")]
    [InlineData("SELECT CASE WHEN x = (SELECT y FROM w ORDER BY y LIMIT 1) THEN 'first' ELSE 'other' END AS c, coalesce(x, (SELECT sum(y) FROM w)) + 1 AS s FROM n ORDER BY s", "[('first',2),('other',4),('other',4)]")]
    [InlineData("SELECT cast((SELECT avg(y) FROM w) AS string) AS c, transform(array(1, 2), p -> p * (SELECT max(y) FROM w)) AS l FROM one", "[('1.5',[2,4])]")]
    // EXISTS, whose columns nobody reads.
    [InlineData("SELECT x, EXISTS (SELECT * FROM v, w) AS r, NOT EXISTS (SELECT y FROM e) AS s, exists(array(x), p -> p = 3) AS t FROM n ORDER BY x", "[(NULL,1,1,false),(1,1,1,false),(3,1,1,true)]")]
    [InlineData("SELECT x FROM n WHERE NOT EXISTS (SELECT * FROM w WHERE y > 1)", "[]")]
    [InlineData("SELECT x FROM n WHERE EXISTS (SELECT max(y) FROM e) AND x = 1", "[(1)]")]
    // Sub-queries in sub-queries, with names of their own.
    [InlineData("SELECT x FROM n WHERE x IN (SELECT y FROM w WHERE y <= (SELECT min(n.y) FROM v n WHERE EXISTS (SELECT * FROM one)))", "[(1)]")]
    [InlineData("SELECT q.x FROM (SELECT x FROM n WHERE x IN (SELECT y FROM v)) q JOIN w ON w.y = q.x AND q.x < (SELECT max(y) FROM v)", "[(1)]")]
    [InlineData("SELECT x FROM n WHERE x IN (SELECT y FROM w UNION ALL SELECT 3 FROM one) ORDER BY x", "[(1),(3)]")]
    [InlineData("SELECT x FROM n WHERE x IN (WITH t AS (SELECT DISTINCT y + 1 AS z FROM w) SELECT z FROM t ORDER BY z DESC LIMIT 1)", "[(3)]")]
    [InlineData("WITH t AS (SELECT y FROM w) SELECT x FROM n WHERE x > (SELECT max(y) FROM t)", "[(3)]")]
    [InlineData("SELECT x % 2 AS odd, count(*) AS c FROM n GROUP BY x % 2 HAVING count(*) IN (SELECT y FROM w) AND max(x) > (SELECT max(y) FROM w)", "[(1,2)]")]
    [InlineData("SELECT x > (SELECT 1 AS k FROM one) AS more, count(*) AS c FROM n GROUP BY 1 ORDER BY (SELECT 1 FROM one), 1", "[(NULL,1),(0,1),(1,1)]")]
    [InlineData("SELECT n.x, y FROM n LEFT JOIN w ON w.y = n.x AND w.y NOT IN (SELECT y FROM v WHERE y = 1) ORDER BY n.x", "[(NULL,NULL),(1,NULL),(3,NULL)]")]
    // Names that the written statement has a meaning for.
    [InlineData("SELECT k.`a` AS k, k.`a` IN (SELECT `k` FROM (SELECT k, `k` AS `'` FROM b) k) AS `a` FROM (SELECT 'x' AS `a` FROM one) k", "[('x',1)]")]
    [InlineData("SELECT (SELECT max(`\"; DROP`) FROM (SELECT y AS `\"; DROP` FROM w) `'`) AS `*` FROM one", "[(2)]")]
    public async Task ASubquery_GivesSparksResult(string query, string rows)
    {
        var written = Write(query);
        written.Fault.ShouldBeNull();
        (await engine.ScalarAsync($"SELECT toString(groupArray(tuple(*))) FROM ({written.Sql})")).ShouldBe(rows, written.Sql);
    }

    [Theory]
    [InlineData("SELECT x FROM n WHERE x IN (SELECT y FROM w WHERE w.y = n.x)", 56, "cannot name columns of the query around")]
    [InlineData("SELECT x FROM n WHERE EXISTS (SELECT * FROM (SELECT y FROM w WHERE Y = X) q)", 71, "use a join instead")]
    [InlineData("SELECT x, (SELECT max(y) FROM w WHERE EXISTS (SELECT * FROM one WHERE i = y)) AS m FROM n", 74, "use a join instead")]
    [InlineData("SELECT x, (SELECT nothing FROM w) AS m FROM n", 18, "'nothing' is not a field")]
    [InlineData("SELECT x FROM n WHERE x IN (SELECT i, i + 1 FROM one)", 28, "has one column; this one has 2")]
    [InlineData("SELECT (SELECT i, i + 1 FROM one) AS m FROM n", 8, "has one column; this one has 2")]
    [InlineData("SELECT x FROM n WHERE x IN (SELECT y FROM numbers)", 42, "'numbers' is no source")]
    [InlineData("SELECT x FROM n WHERE EXISTS (SELECT * FROM file('/etc/passwd'))", 48, "is expected")]
    [InlineData("SELECT x FROM n WHERE EXISTS (SELECT q.* FROM w)", 37, "'q' is no source")]
    [InlineData("SELECT x FROM n WHERE x = SELECT 1 FROM w", 26, "parentheses")]
    [InlineData("SELECT x FROM n WHERE x = (SELECT max(y) FROM w; DROP TABLE w)", 47, "statement")]
    [InlineData("SELECT x FROM n WHERE x = (SELECT max(y) FROM {{_qualytics_self}})", 46, "name is expected")]
    [InlineData("SELECT x FROM n WHERE x > (SELECT y FROM w WHERE max(y) > 1)", 49, "aggregate")]
    public void ASubqueryThatCannotBeMeant_IsRefused_PointingAtThePosition(string query, int position, string words)
    {
        var fault = Write(query).Fault.ShouldNotBeNull();
        fault.ShouldContain(words);
        fault.ShouldEndWith($"(at position {position + 1})");
    }

    [Fact]
    public void SourcesWithinSubqueries_AreCounted_AndTheirNestingIsBounded()
    {
        string Repeated(int times) => string.Join(" + ", Enumerable.Repeat("(SELECT max(y) FROM w)", times));
        Write($"SELECT {Repeated(63)} AS s FROM n").Fault.ShouldBeNull();
        Write($"SELECT {Repeated(64)} AS s FROM n").Fault.ShouldNotBeNull().ShouldContain("more than 64");
        Write($"SELECT x FROM n WHERE x > {Repeated(32)} AND x IN (SELECT y FROM v UNION SELECT {Repeated(32)} FROM w)").Fault.ShouldNotBeNull().ShouldContain("more than 64");
        Write(string.Concat(Enumerable.Repeat("SELECT x FROM n WHERE x IN (", 1_000))).Fault.ShouldNotBeNull().ShouldContain("nested too deeply");
        Write(string.Concat(Enumerable.Repeat("SELECT x FROM n ORDER BY (", 1_000))).Fault.ShouldNotBeNull().ShouldContain("nested too deeply");
        // What repeats its operand, repeated within itself.
        var deep = Enumerable.Range(0, 15).Aggregate("SELECT cast(x AS string) AS x FROM n", (inner, _) => $"SELECT cast(cast(({inner}) AS date) AS string) AS x FROM w");
        Write(deep).Fault.ShouldNotBeNull().ShouldContain("too long");
    }

    [Theory]
    [InlineData("SELECT (SELECT max(y) FROM w) + 1 AS a, x FROM n", "a:w.y x:n.x", "")]
    [InlineData("SELECT x IN (SELECT y FROM v WHERE y > 1) AS a FROM n", "a:n.x,v.y", "v.y")]
    [InlineData("SELECT x FROM n WHERE 1 IN (SELECT y FROM v)", "x:n.x", "v.y")]
    [InlineData("SELECT x FROM n WHERE EXISTS (SELECT * FROM v WHERE (SELECT max(y) FROM w) = 1)", "x:n.x", "w.y")]
    [InlineData("SELECT (SELECT i FROM one ORDER BY (SELECT max(y) FROM w) LIMIT 1) AS a FROM n", "a:one.i", "w.y")]
    [InlineData("SELECT x FROM n ORDER BY (SELECT max(y) FROM w)", "x:n.x", "")]
    [InlineData("SELECT x FROM n ORDER BY (SELECT max(y) FROM w) LIMIT 1", "x:n.x", "w.y")]
    [InlineData("SELECT n.x FROM n JOIN w ON w.y = n.x AND n.x = (SELECT max(y) FROM v)", "x:n.x", "n.x,v.y")]
    [InlineData("SELECT count(*) AS c FROM n HAVING count(*) > (SELECT max(y) FROM v)", "c:", "v.y")]
    [InlineData("WITH t AS (SELECT (SELECT max(y) FROM v) AS z FROM one) SELECT z, (SELECT z FROM t) AS a FROM t", "z:v.y a:v.y", "")]
    [InlineData("SELECT min(x) AS a FROM n GROUP BY x > (SELECT max(y) FROM v)", "a:n.x", "n.x,v.y")]
    [InlineData("SELECT count(*) AS a FROM (SELECT DISTINCT x IN (SELECT y FROM v) AS b FROM n) q", "a:", "n.x,v.y")]
    public void WhatASubqueryShowsAndTests_IsFollowed(string query, string origins, string tested)
    {
        var written = Write(query);
        written.Fault.ShouldBeNull();
        string.Join(' ', written.Origins.Select(o => $"{o.Key}:{string.Join(',', o.Value.Order())}")).ShouldBe(origins);
        string.Join(',', written.Tested.Order()).ShouldBe(tested);
    }

    [Fact]
    public async Task SeveralRowsForOneValue_AreAFaultOfTheirOwn()
    {
        foreach (var query in new[] { "SELECT (SELECT y FROM w) AS m FROM one", "SELECT (SELECT array(y) FROM w) AS m FROM one" })
            (await Should.ThrowAsync<EngineException>(async () => await engine.ScalarAsync(Write(query).Sql))).Fault.ShouldBe(EngineFault.SeveralRows);
    }

    /// <summary>With the sources that the query reads.</summary>
    private static SelectClause Write(string query)
    {
        var read = Read().Matches(query).Select(m => m.Groups[1].Value).ToHashSet();
        return JoinQuery.Write(query, [.. Sources.Where(s => read.Contains(s.Alias))], SparkMeaningTests.Settings);
    }

    [GeneratedRegex(@"(?:FROM|JOIN|,) (\w+)")]
    private static partial Regex Read();
}
