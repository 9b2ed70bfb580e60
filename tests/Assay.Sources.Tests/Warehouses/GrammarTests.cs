using Assay.Sources.Athena;
using Assay.Sources.BigQuery;
using Assay.Sources.Reading;
using Assay.Sources.Snowflake;
using Assay.Sources.Tests.Writing;
using Assay.Sources.Trino;
using Assay.Sources.Warehouses;
using Assay.Sources.Writing.Tables;
using Assay.Testing.Npm;

namespace Assay.Sources.Tests.Warehouses;

/// <summary>The stand-ins run the statements on PostgreSQL; that they are also the vendors' SQL, grammars of the dialects say.</summary>
public sealed class GrammarTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Reads_OfAllKindsOfColumns_AreInTheDialectsGrammars()
    {
        var statements = new[]
        {
            Statements("snowflake", new SnowflakeDialect(), "NUMBER(38,0)", "TIMESTAMP_NTZ(9)", "TIMESTAMP_TZ(9)", "VARIANT", "DATE"),
            // The grammar knows no AT TIME ZONE, so no moment with a zone.
            Statements("trino", new TrinoDialect(), "bigint", "timestamp(6)", "array(bigint)", "date"),
            // Athena is Trino; its own grammar here knows no names of three parts. The one of Spark's does not load, so Databricks is not here.
            Statements("trino", new AthenaDialect(), "bigint", "timestamp", "array<int>", "struct<a:int>", "date"),
            Statements("bigquery", new BigQueryDialect(), "INT64", "DATETIME", "TIMESTAMP", "ARRAY<INT64>", "DATE"),
        };
        (await NodeScript.RunAsync("grammar.mjs", new { statements = statements.SelectMany(s => s) })).ToString().ShouldBe("[]");
    }

    [Fact]
    public async Task Writes_OfAllTypes_AreInTheDialectsGrammars()
    {
        var place = new WarehousePlace("catalog", "schema");
        var statements = new List<object>();
        foreach (var (grammar, dialect) in new (string, TableDialect)[] { ("snowflake", new SnowflakeTables(new SnowflakeDialect(), place)), ("trino", new TrinoTables(new TrinoDialect(), place)), ("bigquery", new BigQueryTables(new BigQueryDialect(), place)) })
            statements.AddRange((await WriteStatements.OfAsync(dialect)).Select(sql => new { dialect = grammar, sql }));
        (await NodeScript.RunAsync("grammar.mjs", new { statements })).ToString().ShouldBe("[]");
    }

    /// <summary>All columns at once, and for each that can be one a read that goes on behind a bound.</summary>
    private static IEnumerable<object> Statements(string grammar, SqlDialect dialect, params string[] types)
    {
        var fields = types.Select((type, i) => grammar == "snowflake" && type.Contains("TIMESTAMP")
            ? new FieldStructure($"c {i}", i + 1, FieldType.Timestamp, type, true) : WarehouseTypes.Field($"c {i}", i + 1, type, true, null)).ToList();
        var read = new ContainerRead { Container = new ContainerStructure { Name = "odd table's", Kind = ContainerKind.Table, Fields = fields }, RowLimit = 5 };
        var place = new WarehousePlace("catalog", "schema");
        yield return new { dialect = grammar, sql = WarehouseReads.Select(dialect, place, read, fields) };
        yield return new { dialect = grammar, sql = WarehouseReads.Select(dialect, place, read with { Query = "SELECT a FROM b -- c" }, fields) };
        yield return new { dialect = grammar, sql = WarehouseReads.Select(dialect, place, read with { Share = 0.001 }, fields) };
        yield return new { dialect = grammar, sql = WarehouseReads.Count(dialect, place, read) };
        foreach (var field in fields.Where(f => f.Type is FieldType.Integral or FieldType.Timestamp or FieldType.Date))
        {
            object bound = field.Type switch { FieldType.Integral => 7, FieldType.Date => new DateOnly(2026, 1, 31), _ => Moment };
            yield return new { dialect = grammar, sql = WarehouseReads.Select(dialect, place, read with { After = new IncrementalBound(field.Name, bound) }, fields) };
        }
    }
}
