using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.Testing.Warehouses;

/// <summary>Dremio's REST interface as its documentation has it; no client of the vendor's is to be had that could confirm it.</summary>
public sealed class DremioStandIn : StandIn
{
    public const string User = "assay";
    public const string Password = "dr3mio-s3cret";
    public const string AccessToken = "pat+s3cret==";
    public const string Project = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

    private readonly ConcurrentDictionary<string, RunningStatement> running = new();

    private DremioStandIn(StandInDatabase database) => Database = database;

    public StandInDatabase Database { get; }
    public ConcurrentQueue<string> Cancelled { get; } = [];

    public static async Task<DremioStandIn> StartAsync()
    {
        var standIn = new DremioStandIn(await StandInDatabase.CreateAsync($"dremio {Guid.NewGuid():n}", """
            CREATE VIEW standin.schemata AS SELECT name AS schema_name FROM standin.base_schemas UNION ALL SELECT 'INFORMATION_SCHEMA';
            CREATE VIEW standin.tables AS SELECT table_schema, table_name, CASE kind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END AS table_type FROM standin.base_tables;
            CREATE VIEW standin.columns AS SELECT table_schema, table_name, column_name, ordinal_position, CASE WHEN nullable THEN 'YES' ELSE 'NO' END AS is_nullable, precision AS numeric_precision, scale AS numeric_scale,
              CASE WHEN type IN ('int2', 'int4') THEN 'INTEGER' WHEN type = 'int8' THEN 'BIGINT' WHEN type = 'float4' THEN 'FLOAT' WHEN type = 'float8' THEN 'DOUBLE' WHEN type = 'bool' THEN 'BOOLEAN' WHEN type = 'numeric' THEN 'DECIMAL'
                WHEN type LIKE 'timestamp%' THEN 'TIMESTAMP' WHEN type = 'date' THEN 'DATE' WHEN type = 'bytea' THEN 'BINARY VARYING' ELSE 'CHARACTER VARYING' END AS data_type FROM standin.base_columns;
            """));
        await standIn.ListenAsync();
        return standIn;
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value!);
        var body = HttpMethods.IsPost(request.Method) && request.ContentLength > 0 ? (await JsonDocument.ParseAsync(request.Body)).RootElement : default;
        if (path == "/apiv2/login")
        {
            var accepted = body.GetProperty("userName").GetString() == User && body.GetProperty("password").GetString() == Password;
            context.Response.StatusCode = accepted ? 200 : 401;
            await context.Response.WriteAsJsonAsync(accepted ? new { token = "login-token" } : (object)new { errorMessage = "Login failed: Invalid username or password" });
            return;
        }
        var authority = request.Headers.Authorization.ToString();
        if (authority is not ($"Bearer {AccessToken}" or "_dremiologin-token"))
        {
            context.Response.StatusCode = 401;
            return;
        }
        switch (path.Replace($"/v0/projects/{Project}", "/api/v3").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["api", "v3", "sql"]:
                var sql = body.GetProperty("sql").GetString()!;
                Statements.Enqueue(sql);
                var statement = RunningStatement.Start(Database, sql.Replace("INFORMATION_SCHEMA.\"TABLES\"", "standin.tables").Replace("INFORMATION_SCHEMA.\"COLUMNS\"", "standin.columns").Replace("INFORMATION_SCHEMA.SCHEMATA", "standin.schemata"),
                    body.TryGetProperty("context", out var folders) ? string.Join('.', folders.EnumerateArray().Select(folder => folder.GetString())) : null);
                running[statement.Id] = statement;
                await context.Response.WriteAsJsonAsync(new { id = statement.Id });
                break;
            case ["api", "v3", "job", var id] when running.TryGetValue(id, out var job):
                await context.Response.WriteAsJsonAsync(new
                {
                    jobState = !job.Ended.IsCompleted ? "RUNNING" : job.Error is null ? "COMPLETED" : job.Error.Value.State == "57014" ? "CANCELED" : "FAILED",
                    rowCount = job.Result?.Rows.Count,
                    errorMessage = job.Error is var (state, message) ? state == "42P01" ? $"Object not found: {message}" : message : null,
                });
                break;
            case ["api", "v3", "job", var id, "cancel"] when running.TryGetValue(id, out var job):
                Cancelled.Enqueue(id);
                await job.CancelAsync();
                break;
            case ["api", "v3", "job", var id, "results"] when running.TryGetValue(id, out var job):
                await ResultsAsync(context, job.Result!);
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private static async Task ResultsAsync(HttpContext context, StandInResult result)
    {
        var (from, most) = (int.Parse(context.Request.Query["offset"]!, CultureInfo.InvariantCulture), int.Parse(context.Request.Query["limit"]!, CultureInfo.InvariantCulture));
        if (most > 500)
        {
            context.Response.StatusCode = 400;
            return;
        }
        await context.Response.WriteAsJsonAsync(new
        {
            rowCount = result.Rows.Count,
            schema = result.Columns.Select(c => new { name = c.Name, type = TypeOf(c) }),
            rows = result.Rows.Skip(from).Take(most).Select(row => result.Columns.Select((c, i) => (c.Name, Value: Encoded(row[i], c))).ToDictionary(c => c.Name, c => c.Value)),
        });
    }

    private static object TypeOf(StandInColumn column) => column.Type switch
    {
        "int2" or "int4" => new { name = "INTEGER" },
        "int8" => new { name = "BIGINT" },
        "float4" => new { name = "FLOAT" },
        "float8" => new { name = "DOUBLE" },
        "bool" => new { name = "BOOLEAN" },
        "numeric" => new { name = "DECIMAL", precision = column.Precision ?? 38, scale = column.Scale ?? 0 },
        "date" => new { name = "DATE" },
        "timestamp" or "timestamptz" => new { name = "TIMESTAMP" },
        "bytea" => new { name = "VARBINARY" },
        "_int4" => new { name = "LIST", subSchema = new[] { new { type = new { name = "INTEGER" } } } },
        _ => new { name = "VARCHAR" },
    };

    private static object? Encoded(string? text, StandInColumn column) => column.Type switch
    {
        _ when text is null => null,
        "bool" => text == "t",
        "int2" or "int4" or "int8" => long.Parse(text, CultureInfo.InvariantCulture),
        "float4" when text is not ("NaN" or "Infinity" or "-Infinity") => float.Parse(text, CultureInfo.InvariantCulture),
        "float8" when text is not ("NaN" or "Infinity" or "-Infinity") => double.Parse(text, CultureInfo.InvariantCulture),
        "bytea" => Convert.ToBase64String(Convert.FromHexString(text[2..])),
        _ => text,
    };
}
