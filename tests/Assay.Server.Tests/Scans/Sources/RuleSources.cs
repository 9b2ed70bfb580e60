using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Engine;
using Assay.Server.Tests.Harness;
using Assay.Testing.MariaDb;
using Assay.Testing.Rules;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Scans.Sources;

/// <summary>One table with a column for every column of the rule cases, in sources of several kinds.</summary>
internal static class RuleSources
{
    public const string Table = "cases";

    /// <summary>The columns of all cases: <c>c12_0</c> is the first of case 12.</summary>
    private static IReadOnlyList<(string Name, RuleColumn Column)> Columns { get; } =
        [.. RuleCases.All.SelectMany((c, number) => c.Columns.Select((column, i) => (Name(number, i), column)))];

    private static int Rows { get; } = RuleCases.All.Max(c => c.Rows);

    public static string Name(int number, int column) => $"c{number}_{column}";

    /// <summary>A synced datastore with the table, and the container's name.</summary>
    public static async Task<(long Datastore, string Container)> CreateAsync(AssayServer assay, string kind) => kind switch
    {
        "postgresql" => ((await assay.Synced(Sql("bigint", "numeric(20,4)", "text", "date", "timestamptz", "boolean"))).Datastore, Table),
        "mariadb" => (await MariaDb(assay), Table),
        "sqlite" => (await Sqlite(assay), Table),
        "parquet" => (await Files(assay, folder => Parquet(assay, folder)), $"{Table}.parquet"),
        _ => (await Files(assay, folder => File.WriteAllTextAsync(Path.Combine(folder, $"{Table}.csv"), Csv())), $"{Table}.csv"),
    };

    private static async Task<long> MariaDb(AssayServer assay)
    {
        var server = await MariaDbServer.SharedAsync();
        var database = await server.CreateDatabaseAsync($"{Guid.NewGuid():n}_rules");
        await server.RunSqlAsync(database, Sql("bigint", "decimal(20,4)", "varchar(100)", "date", "datetime(6)", "bit(1)").Replace("\\", "\\\\", StringComparison.Ordinal));
        var user = await server.CreateUserAsync($"ALL ON `{database}`.*");
        return await Register(assay, new() { ["type"] = "mariadb", ["host"] = server.Host, ["port"] = server.Port, ["username"] = user.Name, ["password"] = user.Password }, database);
    }

    private static async Task<long> Sqlite(AssayServer assay)
    {
        var folder = Directory.CreateDirectory(Path.Combine(assay.FilesFolder, $"rules{Guid.NewGuid():n}"));
        await using (var file = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "rules.db")};Pooling=False"))
        {
            await file.OpenAsync();
            await new SqliteCommand(Sql("INTEGER", "REAL", "TEXT", "DATE", "DATETIME", "BOOLEAN"), file).ExecuteNonQueryAsync();
        }
        return await Register(assay, new() { ["type"] = "sqlite", ["uri"] = $"file:///{folder.Name}" }, "rules.db");
    }

    private static async Task<long> Files(AssayServer assay, Func<string, Task> fill)
    {
        var place = "";
        var datastore = await assay.RegisterFiles(folder => place = folder);
        await fill(place);
        await assay.SyncWell(datastore);
        return datastore;
    }

    private static async Task Parquet(AssayServer assay, string folder)
    {
        var structure = string.Join(", ", Columns.Select(c => $"{c.Name} {EngineType(c.Column.Kind)}").Prepend("id Int64"));
        var rows = string.Join(", ", Enumerable.Range(0, Rows).Select(r => $"({r + 1}, {string.Join(", ", Columns.Select(c => Literal(c.Column, r, EngineLiteral.Quote)))})"));
        await assay.Services.GetRequiredService<IEngine>().ExecuteAsync(
            $"INSERT INTO FUNCTION file({EngineLiteral.Quote(Path.Combine(folder, $"{Table}.parquet"))}, 'Parquet') SELECT * FROM values({EngineLiteral.Quote(structure)}, {rows})");
    }

    private static async Task<long> Register(AssayServer assay, JsonObject connection, string database)
    {
        connection["name"] = People.Unique("rules");
        var datastore = (await assay.Admin.Post("/api/datastores", new JsonObject
        {
            ["name"] = People.Unique("Rules"),
            ["connection"] = connection,
            ["database"] = database,
            ["trigger_sync"] = false,
            ["teams"] = new JsonArray(People.Unique("Team")),
        })).Expect(201).Id;
        await assay.SyncWell(datastore);
        return datastore;
    }

    private static string Sql(string whole, string fraction, string text, string day, string time, string flag)
    {
        string Type(ColumnKind kind) => kind switch
        {
            ColumnKind.Integral => whole,
            ColumnKind.Fractional => fraction,
            ColumnKind.Day => day,
            ColumnKind.Time => time,
            ColumnKind.Flag => flag,
            _ => text,
        };
        var quote = (string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
        return $"CREATE TABLE {Table} (id {whole} PRIMARY KEY, {string.Join(", ", Columns.Select(c => $"{c.Name} {Type(c.Column.Kind)}"))}); INSERT INTO {Table} VALUES "
            + string.Join(", ", Enumerable.Range(0, Rows).Select(r => $"({r + 1}, {string.Join(", ", Columns.Select(c => Literal(c.Column, r, v => c.Column.Kind == ColumnKind.Time && time == "timestamptz" ? quote(v + "+00") : quote(v))))})"));
    }

    private static string Csv()
    {
        var text = new StringBuilder("id").AppendJoin("", Columns.Select(c => $",{c.Name}")).Append('\n');
        for (var r = 0; r < Rows; r++)
            text.Append(CultureInfo.InvariantCulture, $"{r + 1}").AppendJoin("", Columns.Select(c => Value(c.Column, r) is { } v ? $",\"{v.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : ",")).Append('\n');
        return text.ToString();
    }

    private static string Literal(RuleColumn column, int row, Func<string, string> quote) => Value(column, row) is not { } value ? "NULL"
        : column.Kind is ColumnKind.Integral or ColumnKind.Fractional or ColumnKind.Flag ? value : quote(value);

    private static string? Value(RuleColumn column, int row) => row < column.Values.Count ? column.Values[row] : null;

    private static string EngineType(ColumnKind kind) => kind switch
    {
        ColumnKind.Integral => "Nullable(Int64)",
        ColumnKind.Fractional => "Nullable(Decimal(20, 4))",
        ColumnKind.Day => "Nullable(Date32)",
        ColumnKind.Time => "Nullable(DateTime64(6, 'UTC'))",
        ColumnKind.Flag => "Nullable(Bool)",
        _ => "Nullable(String)",
    };
}
