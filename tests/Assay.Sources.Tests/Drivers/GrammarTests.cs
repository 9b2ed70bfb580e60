using System.Diagnostics;
using System.Text.Json;
using Assay.Sources.Drivers.Products;
using Assay.Sources.MySql;
using Assay.Sources.Reading;
using Assay.Sources.Redshift;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;
using Assay.Sources.Sql.Reading;
using Assay.Sources.Sqlite;
using Assay.Sources.Tests.Writing;
using Assay.Sources.Writing.Tables;
using Assay.Testing;
using Assay.Testing.Npm;

namespace Assay.Sources.Tests.Drivers;

/// <summary>No server here runs these dialects: a grammar of each at least parses every statement that Assay would send.</summary>
public sealed class GrammarTests
{
    private static readonly SqlPlace place = new(new ConnectionSettings { Type = "any" }, new SourceScope(null, "S"), "server");

    [Fact]
    public async Task Statements_OfDialectsWithAGrammar_Parse()
    {
        var statements = new List<(string Dialect, string Sql)>();
        Add("transactsql", new SqlServerCatalogue(), new SqlServerDialect(),
            "bit", "int", "bigint", "real", "float", "decimal", "money", "date", "datetime2", "time", "uniqueidentifier", "nvarchar", "varbinary", "sql_variant");
        Add("transactsql", new SqlServerPlainCatalogue(), new SqlServerDialect(), "int", "datetime2", "varchar");
        Add("db2", new Db2Catalogue(), new AnsiDialect("FETCH FIRST {0} ROWS ONLY", _ => "?", databaseInNames: false, chance: "RAND()"), "INTEGER", "DECIMAL", "TIMESTAMP", "VARCHAR");
        Add("redshift", new RedshiftCatalogue(), new RedshiftDialect(), "boolean", "integer", "bigint", "real", "numeric", "date", "timestamp without time zone", "character varying", "super", "varbyte");
        Add("hive", new InformationSchema(_ => "?", CommonTypes.Of), new AnsiDialect("LIMIT {0}", _ => "?", quotes: "`", databaseInNames: false, chance: "rand()"), "int", "decimal", "timestamp", "string");

        await AddWritesAsync("transactsql", new SqlServerTables("d", "S", enforcesKeys: true));
        await AddWritesAsync("transactsql", new SqlServerTables("d", "S", enforcesKeys: false));
        await AddWritesAsync("db2", new Db2Tables("S"));
        await AddWritesAsync("redshift", new RedshiftTables("S"));
        await AddWritesAsync("mysql", new MySqlTables("S"));
        await AddWritesAsync("sqlite", new SqliteTables());

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(statements.Select(s => new { dialect = s.Dialect, sql = s.Sql })));
            using var node = Process.Start(new ProcessStartInfo("node",
                [Path.Combine(Repository.Folder, "tests/Assay.Sources.Tests/Drivers/parse-sql.cjs"), file, NpmPackages.Folder])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (said, failed) = (await node.StandardOutput.ReadToEndAsync(), await node.StandardError.ReadToEndAsync());
            await node.WaitForExitAsync();
            (said + failed).ShouldBeEmpty();
        }
        finally
        {
            File.Delete(file);
        }
        statements.Count.ShouldBeGreaterThan(30);

        async Task AddWritesAsync(string grammar, TableDialect dialect) => statements.AddRange((await WriteStatements.OfAsync(dialect)).Select(sql => (grammar, sql)));

        void Add(string grammar, SqlCatalogue catalogue, SqlDialect dialect, params string[] types)
        {
            if (catalogue.Together(["S", "T"]) is { } many)
                foreach (var statement in new[] { many.Exists(place), many.Tables(place), many.Columns(place), many.Keys(place) })
                    if (statement is not null) statements.Add((grammar, WithValues(statement.Text)));
            foreach (var statement in new[] { catalogue.Catalogs(place), catalogue.Schemas(place), catalogue.Exists(place), catalogue.Names(place), catalogue.Tables(place), catalogue.Columns(place), catalogue.Keys(place) })
                if (statement is not null) statements.Add((grammar, WithValues(statement.Text)));
            var fields = types.Select((type, i) => new FieldStructure($"c {i}", i + 1, FieldType.String, type, true)).ToArray();
            var container = new ContainerStructure { Name = "odd name", Kind = ContainerKind.Table, Fields = fields };
            foreach (var read in new[] { new ContainerRead { Container = container }, new ContainerRead { Container = container, RowLimit = 10, Share = 0.25, After = new IncrementalBound("c 0", 5) } })
                statements.Add((grammar, WithValues(SqlSelect.Write(dialect, place, read, [.. fields.Select(dialect.Column)]).Text)));
        }
    }

    /// <summary>Values in the place of parameters, whose spelling is the driver's affair and not the grammar's.</summary>
    private static string WithValues(string sql) => System.Text.RegularExpressions.Regex.Replace(sql, @"(?<![\w@])[@:$](schema\d?|[ps]\d)\b|\?", "'x'");
}
