using System.Text;
using Assay.EngineHost.Statements;

namespace Assay.Engine.Tests;

public sealed class StatementParserTests
{
    [Theory]
    [InlineData("SELECT 1", null, "SELECT 1@")]
    [InlineData("SELECT 1 FORMAT CSV", "CSV", "SELECT 1 @")]
    [InlineData("SELECT 1 format JSON SETTINGS a = 1", "JSON", "SELECT 1 @ SETTINGS a = 1")]
    [InlineData("SELECT 1;", null, "SELECT 1@")]
    [InlineData("SELECT 1 -- FORMAT CSV", null, "SELECT 1 -- FORMAT CSV@")]
    [InlineData("SELECT 'FORMAT x', \"FORMAT y\", `FORMAT z`", null, "SELECT 'FORMAT x', \"FORMAT y\", `FORMAT z`@")]
    [InlineData("SELECT (SELECT 1 FORMAT CSV)", null, "SELECT (SELECT 1 FORMAT CSV)@")]
    [InlineData("SELECT format x FROM t", null, "SELECT format x FROM t@")]
    [InlineData("SELECT a AS format, b FROM t", null, "SELECT a AS format, b FROM t@")]
    [InlineData("SELECT format('{}', a) FROM t", null, "SELECT format('{}', a) FROM t@")]
    [InlineData("SHOW TABLES SETTINGS a = 1", null, "SHOW TABLES @SETTINGS a = 1")]
    [InlineData("KILL QUERY WHERE Settings['a'] = 'b' ASYNC", null, "KILL QUERY WHERE Settings['a'] = 'b' ASYNC@")]
    [InlineData("SELECT $x$ ; FORMAT CSV $x$", null, "SELECT $x$ ; FORMAT CSV $x$@")]
    [InlineData("SELECT 'it\\'s ; ''so'''", null, "SELECT 'it\\'s ; ''so'''@")]
    public void Parse_StatementWithAResult_FindsWhereItsOutputClauseBelongs(string sql, string? format, string expected)
    {
        var text = Encoding.UTF8.GetBytes(sql);
        var statement = StatementParser.Parse(text);

        statement.Kind.ShouldBe(StatementKind.Rows);
        statement.Refusal.ShouldBeNull();
        statement.Format.ShouldBe(format);
        (sql[..statement.Cut] + "@" + sql[statement.Resume..statement.End]).ShouldBe(expected);
    }

    [Theory]
    [InlineData("INSERT INTO t FORMAT CSV\n1,2", "CSV", "1,2")]
    [InlineData("INSERT INTO t (a, b) SETTINGS x = 1 FORMAT TSV \t\r\n\n1", "TSV", "\n1")]
    [InlineData("INSERT INTO t FORMAT JSONEachRow {\"a\": 1}", "JSONEachRow", "{\"a\": 1}")]
    [InlineData("INSERT INTO t VALUES (1, ';')", "Values", " (1, ';')")]
    [InlineData("INSERT INTO TABLE `FORMAT x`.values (format) FORMAT CSV\nx", "CSV", "x")]
    [InlineData("INSERT INTO FUNCTION file('x', 'CSV') FORMAT CSV\nx", "CSV", "x")]
    public void Parse_InsertWithData_FindsWhereTheDataStarts(string sql, string format, string data)
    {
        var statement = StatementParser.Parse(Encoding.UTF8.GetBytes(sql));

        statement.Kind.ShouldBe(StatementKind.InsertData);
        statement.Format.ShouldBe(format);
        sql[statement.Data..].ShouldBe(data);
    }

    [Theory]
    [InlineData("INSERT INTO t FORMAT CSV\n")]
    [InlineData("INSERT INTO t SETTINGS x = 1 FORMAT CSV\n")]
    [InlineData("INSERT INTO t (a) VALUES (1)")]
    public void Parse_InsertCutAnywhere_IsUnfinishedOrRight(string sql)
    {
        var whole = StatementParser.Parse(Encoding.UTF8.GetBytes(sql));
        for (var length = 0; length < sql.Length; length++)
        {
            var part = StatementParser.Parse(Encoding.UTF8.GetBytes(sql[..length]));
            if (part.Kind == StatementKind.InsertData)
                (part.Format, part.Cut, part.Data).ShouldBe((whole.Format, whole.Cut, whole.Data));
        }
    }

    [Theory]
    [InlineData("SELECT 1; SELECT 2", "SYNTAX_ERROR")]
    [InlineData("DROP TABLE a; DROP TABLE b", "SYNTAX_ERROR")]
    [InlineData("SELECT 1 INTO OUTFILE '/x'", "NOT_IMPLEMENTED")]
    [InlineData("INSERT INTO t FROM INFILE '/x' FORMAT CSV", "NOT_IMPLEMENTED")]
    [InlineData("SET max_threads = 1", "NOT_IMPLEMENTED")]
    [InlineData("use system", "NOT_IMPLEMENTED")]
    [InlineData("CREATE TEMPORARY TABLE t (a Int8)", "NOT_IMPLEMENTED")]
    public void Parse_WhatAPooledConnectionCannotDo_IsRefused(string sql, string name) =>
        StatementParser.Parse(Encoding.UTF8.GetBytes(sql)).Refusal!.Name.ShouldBe(name);

    [Theory]
    [InlineData("CREATE TABLE t (a Int8) ENGINE = Memory")]
    [InlineData("INSERT INTO t SELECT 1")]
    [InlineData("INSERT INTO t (a) WITH 1 AS x SELECT x")]
    [InlineData("")]
    [InlineData("SELEC 1")]
    public void Parse_Others_RunAsTheyStand(string sql) =>
        StatementParser.Parse(Encoding.UTF8.GetBytes(sql)).Kind.ShouldBe(StatementKind.Plain);
}
