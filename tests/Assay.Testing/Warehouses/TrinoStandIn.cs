using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.Testing.Warehouses;

/// <summary>The client protocol of Trino and Presto: statements whose answers are fetched page by page.</summary>
public sealed class TrinoStandIn : StandIn
{
    public const string User = "assay";
    public const string Password = "tr1no pässword";
    public const string Token = "jwt.token.here";

    private readonly string name;
    private readonly ConcurrentDictionary<string, RunningStatement> running = new();

    private TrinoStandIn(StandInDatabase database, string name) => (Database, this.name) = (database, name);

    public StandInDatabase Database { get; }
    public int RowsPerPage { get; set; } = 1000;
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(300);
    public ConcurrentQueue<string> Cancelled { get; } = [];
    /// <summary>The capabilities and the session properties that came with the last statement.</summary>
    public string LastSession { get; private set; } = "";

    /// <param name="name">Trino or Presto, as in the names of headers.</param>
    public static async Task<TrinoStandIn> StartAsync(string name = "Trino")
    {
        var standIn = new TrinoStandIn(await StandInDatabase.CreateAsync($"lake {Guid.NewGuid():n}", """
            CREATE DOMAIN public.double AS float8;
            CREATE VIEW standin.schemata AS SELECT name AS schema_name FROM standin.base_schemas UNION ALL SELECT 'information_schema';
            CREATE VIEW standin.tables AS SELECT table_schema, table_name, CASE WHEN kind IN ('v', 'm') THEN 'VIEW' ELSE 'BASE TABLE' END AS table_type FROM standin.base_tables;
            CREATE VIEW standin.columns AS SELECT table_schema, table_name, column_name, ordinal_position, CASE WHEN nullable THEN 'YES' ELSE 'NO' END AS is_nullable,
              CASE type WHEN 'int2' THEN 'smallint' WHEN 'int4' THEN 'integer' WHEN 'int8' THEN 'bigint' WHEN 'float4' THEN 'real' WHEN 'float8' THEN 'double' WHEN 'bool' THEN 'boolean'
                WHEN 'numeric' THEN 'decimal(' || precision || ',' || scale || ')' WHEN 'varchar' THEN 'varchar' || coalesce('(' || length || ')', '') WHEN 'text' THEN 'varchar'
                WHEN 'timestamp' THEN 'timestamp(6)' WHEN 'timestamptz' THEN 'timestamp(6) with time zone' WHEN 'time' THEN 'time(6)' WHEN 'bytea' THEN 'varbinary' WHEN 'jsonb' THEN 'json' ELSE type END AS data_type
              FROM standin.base_columns;
            """), name);
        await standIn.ListenAsync();
        return standIn;
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value!);
        if (path == "/v1/info") await context.Response.WriteAsJsonAsync(new { nodeVersion = new { version = "477" }, environment = "test", coordinator = true, starting = false });
        else if (!IsSignedIn(request)) context.Response.StatusCode = 401;
        else if (path == "/v1/statement" && HttpMethods.IsPost(request.Method))
        {
            using var reader = new StreamReader(request.Body);
            var sql = await reader.ReadToEndAsync();
            Statements.Enqueue(sql);
            LastSession = $"{request.Headers[$"X-{name}-Client-Capabilities"]} {request.Headers[$"X-{name}-Session"]}";
            var statement = RunningStatement.Start(Database, Translated(sql), Database.SchemaOf(request.Headers[$"X-{name}-Catalog"], request.Headers[$"X-{name}-Schema"]));
            running[statement.Id] = statement;
            await context.Response.WriteAsJsonAsync(new { id = statement.Id, infoUri = $"{Endpoint}ui", nextUri = Page(statement, 0), stats = new { state = "QUEUED" } });
        }
        else if (path.Split('/') is [_, "v1", "statement" or "query", .. var rest] && running.TryGetValue(rest[0], out var found))
        {
            if (HttpMethods.IsDelete(request.Method))
            {
                Cancelled.Enqueue(found.Id);
                await found.CancelAsync();
                context.Response.StatusCode = 204;
            }
            else await context.Response.WriteAsync(await PageAsync(found, int.Parse(rest[1], CultureInfo.InvariantCulture)));
        }
        else context.Response.StatusCode = 404;
    }

    private bool IsSignedIn(HttpRequest request)
    {
        var authority = request.Headers.Authorization.ToString();
        return (request.Headers[$"X-{name}-User"] == User || !request.Headers.ContainsKey($"X-{name}-User"))
            && (authority == $"Bearer {Token}" || authority == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}");
    }

    private string Translated(string sql) => sql == "SHOW CATALOGS"
        ? $"SELECT '{Database.Name}' AS \"Catalog\" UNION ALL SELECT 'system'"
        : sql.Replace($"\"{Database.Name}\".information_schema.", $"\"{Database.Name}\".{StandInDatabase.Views}.");

    private string Page(RunningStatement statement, int from) => $"{Endpoint}v1/statement/{statement.Id}/{from}";

    private async Task<string> PageAsync(RunningStatement statement, int from)
    {
        if (!await statement.EndsWithinAsync(Patience))
            return JsonSerializer.Serialize(new { id = statement.Id, infoUri = $"{Endpoint}ui", nextUri = Page(statement, from), stats = new { state = "RUNNING" } });
        if (statement.Error is var (state, message))
            return JsonSerializer.Serialize(new
            {
                id = statement.Id,
                infoUri = $"{Endpoint}ui",
                stats = new { state = "FAILED" },
                error = new
                {
                    message,
                    errorCode = 1,
                    errorName = state switch { "42P01" => "TABLE_NOT_FOUND", "3F000" => "SCHEMA_NOT_FOUND", "0A000" => "CATALOG_NOT_FOUND", "42501" => "PERMISSION_DENIED", "57014" => "USER_CANCELED", _ => "SYNTAX_ERROR" },
                    errorType = "USER_ERROR",
                },
            });
        var result = statement.Result!;
        var types = result.Columns.Select(TypeOf).ToList();
        var rows = result.Rows.Skip(from).Take(RowsPerPage).Select(row => "[" + string.Join(',', row.Select((cell, i) => cell is null ? "null" : Encoded(cell, result.Columns[i]))) + "]");
        var next = from + RowsPerPage < result.Rows.Count ? $"\"nextUri\":\"{Page(statement, from + RowsPerPage)}\"," : "";
        var columns = JsonSerializer.Serialize(result.Columns.Select((c, i) => new { name = c.Name, type = types[i], typeSignature = new { rawType = types[i].Split('(')[0], arguments = Array.Empty<object>() } }));
        var data = result.Rows.Count == 0 ? "" : $"\"data\":[{string.Join(',', rows)}],";
        return $"{{\"id\":\"{statement.Id}\",\"infoUri\":\"{Endpoint}ui\",{next}\"columns\":{columns},{data}\"stats\":{{\"state\":\"FINISHED\"}}}}";
    }

    private static string TypeOf(StandInColumn column) => column.Type switch
    {
        "int2" => "smallint",
        "int4" => "integer",
        "int8" => "bigint",
        "float4" => "real",
        "float8" => "double",
        "bool" => "boolean",
        "numeric" => $"decimal({column.Precision ?? 38},{column.Scale ?? 0})",
        "date" => "date",
        "timestamp" => "timestamp(6)",
        "timestamptz" => "timestamp(6) with time zone",
        "time" => "time(6)",
        "bytea" => "varbinary",
        "jsonb" => "json",
        _ => "varchar",
    };

    private static string Encoded(string text, StandInColumn column) => column.Type switch
    {
        "int2" or "int4" or "int8" => text,
        "float4" or "float8" when text is not ("NaN" or "Infinity" or "-Infinity") => text,
        "bool" => text == "t" ? "true" : "false",
        "bytea" => JsonSerializer.Serialize(Convert.ToBase64String(Convert.FromHexString(text[2..]))),
        "timestamptz" => JsonSerializer.Serialize(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + " UTC"),
        "timestamp" => JsonSerializer.Serialize(DateTime.Parse(text, CultureInfo.InvariantCulture).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)),
        _ => JsonSerializer.Serialize(text),
    };
}
