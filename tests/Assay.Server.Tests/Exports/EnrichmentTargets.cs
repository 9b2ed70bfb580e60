using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Engine;
using Assay.Server.Tests.Harness;
using Assay.Testing.MariaDb;
using Assay.Testing.Postgres;
using Assay.Testing.S3;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;
using Npgsql;

namespace Assay.Server.Tests.Exports;

/// <summary>Real stores that enrichment tables are written to, and ways to read them without Assay.</summary>
internal static class EnrichmentTargets
{
    /// <summary>A store on the tests' PostgreSQL, in a database of its own.</summary>
    public static async Task<PostgresTarget> PostgresTarget(this AssayServer assay, PostgresServer? server = null)
    {
        server ??= await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        var role = await server.CreateRoleAsync();
        await server.RunSqlAsync(database, $"GRANT ALL ON SCHEMA public TO {PostgresServer.Quote(role.Name)}");
        var connection = new JsonObject
        {
            ["name"] = People.Unique("pg"),
            ["type"] = "postgresql",
            ["host"] = server.Host,
            ["port"] = server.Port,
            ["username"] = role.Name,
            ["password"] = role.Password,
        };
        return new PostgresTarget(await assay.EnrichmentStore(connection, new() { ["database"] = database, ["schema"] = "public" }), database, server, role);
    }

    /// <summary>A store of each kind, and how a table in it is read: as lines of values with bars between them.</summary>
    public static async Task<(long Id, Func<string, string, Task<string[]>> Read)> Target(this AssayServer assay, string type)
    {
        var engine = assay.Services.GetRequiredService<IEngine>();
        switch (type)
        {
            case "postgresql":
                var postgres = await assay.PostgresTarget();
                return (postgres.Id, (table, columns) => postgres.Query($"SELECT {columns} FROM {PostgresServer.Quote(table)} ORDER BY 1"));
            case "mariadb":
                var server = await MariaDbServer.SharedAsync();
                var database = await server.CreateDatabaseAsync();
                var user = await server.CreateUserAsync($"ALL ON {MariaDbServer.Quote(database)}.*");
                var maria = new JsonObject { ["name"] = People.Unique("maria"), ["type"] = "mariadb", ["host"] = server.Host, ["port"] = server.Port, ["username"] = user.Name, ["password"] = user.Password };
                return (await assay.EnrichmentStore(maria, new() { ["database"] = database }), (table, columns) => MySql(server.ConnectionStringFor(database), $"SELECT {columns} FROM `{table}` ORDER BY 1"));
            case "sqlite":
                var folder = Folder(assay);
                var file = Path.Combine(folder, "evidence.db");
                await File.WriteAllBytesAsync(file, []);
                return (await assay.EnrichmentStore(new() { ["name"] = People.Unique("sqlite"), ["type"] = "sqlite", ["uri"] = $"file:///{Path.GetFileName(folder)}" }, new() { ["database"] = "evidence.db" }),
                    (table, columns) => Sqlite(file, $"SELECT {columns} FROM \"{table}\" ORDER BY 1"));
            case "local":
                var root = Folder(assay);
                return (await assay.EnrichmentStore(new() { ["name"] = People.Unique("local"), ["type"] = "local", ["uri"] = $"file:///{Path.GetFileName(root)}" }, new() { ["root_path"] = "/tables" }),
                    (table, columns) => Rows(engine, $"SELECT {columns} FROM file('{root}/tables/{table}/*.parquet', Parquet) ORDER BY 1"));
            default:
                var s3 = await S3Server.SharedAsync();
                var bucket = s3.CreateBucket($"b-{Guid.NewGuid():n}");
                var connection = new JsonObject
                {
                    ["name"] = People.Unique("s3"),
                    ["type"] = "s3",
                    ["uri"] = $"s3://{bucket}",
                    ["access_key"] = S3Server.AccessKey,
                    ["secret_key"] = $"{S3Server.SecretKey}-{Guid.NewGuid():n}",
                    ["parameters"] = new JsonObject { ["endpoint"] = s3.Endpoint },
                };
                return (await assay.EnrichmentStore(connection, new() { ["root_path"] = "/" }),
                    (table, columns) => Rows(engine, $"SELECT {columns} FROM s3('{s3.Endpoint}/{bucket}/{table}/*.parquet', '{S3Server.AccessKey}', '{S3Server.SecretKey}', 'Parquet') ORDER BY 1"));
        }
    }

    public static async Task<long> EnrichmentStore(this AssayServer assay, JsonObject connection, JsonObject place) =>
        (await assay.Admin.Post("/api/datastores", new JsonObject { ["name"] = People.Unique("Evidence"), ["connection"] = connection, ["enrichment_only"] = true, ["trigger_sync"] = false }.With(place))).Expect(201).Id;

    public static async Task LinkEnrichment(this AssayServer assay, long source, long store, string? prefix = null)
    {
        if (prefix is not null) (await assay.Admin.Put($"/api/datastores/{source}", new JsonObject { ["enrichment_prefix"] = prefix })).Expect(200);
        (await assay.Admin.Patch($"/api/datastores/{source}/enrichment/{store}")).Expect(200);
    }

    /// <summary>Runs an operation to its end.</summary>
    public static async Task<JsonNode> RunToEnd(this AssayServer assay, JsonObject body) =>
        await assay.UntilEnded((await assay.Admin.Post("/api/operations/run", body)).Expect(200).Id, 120);

    /// <summary>Runs an operation that must succeed without a word.</summary>
    public static async Task<JsonNode> RunWell(this AssayServer assay, JsonObject body)
    {
        var operation = await assay.RunToEnd(body);
        ((string?)operation["result"]).ShouldBe("success", operation.ToJsonString());
        ((string?)operation["message"]).ShouldBeNull();
        return operation;
    }

    private static string Folder(AssayServer assay) => Directory.CreateDirectory(Path.Combine(assay.FilesFolder, $"evidence-{Guid.NewGuid():n}")).FullName;

    public static async Task<string[]> Rows(IEngine engine, string sql) =>
        [.. (await engine.ListAsync(new EngineQuery(sql))).Select(row => string.Join('|', row.Values.Select(Text)))];

    private static async Task<string[]> MySql(string connectionString, string sql)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync();
        return await connection.Lines(sql);
    }

    private static async Task<string[]> Sqlite(string file, string sql)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        return await connection.Lines(sql);
    }

    public static async Task<string[]> Lines(this System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync()) found.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => Text(rows.IsDBNull(i) ? null : rows.GetValue(i)))));
        return [.. found];
    }

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

/// <summary>An enrichment store on PostgreSQL.</summary>
internal sealed record PostgresTarget(long Id, string Database, PostgresServer Server, PostgresRole Role)
{
    public async Task<string[]> Query(string sql)
    {
        await using var connection = new NpgsqlConnection(Server.ConnectionStringFor(Database));
        await connection.OpenAsync();
        return await connection.Lines(sql);
    }

    public Task Run(string sql) => Server.RunSqlAsync(Database, sql);
}
