using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.Testing.Warehouses;

/// <summary>A Databricks workspace: tokens of service principals, SQL warehouses, the Statement Execution interface with links to results, Unity Catalog.</summary>
public sealed class DatabricksStandIn : StandIn
{
    public const string PersonalToken = "dapi-s3cret";
    public const string Client = "0f1e2d3c";
    public const string Secret = "dose-s3cret";
    public const string Warehouse = "0123456789abcdef";

    private readonly ConcurrentDictionary<string, RunningStatement> running = new();
    private readonly ConcurrentDictionary<string, string> files = new();
    private int tokens;

    private DatabricksStandIn(StandInDatabase database) => Database = database;

    public StandInDatabase Database { get; }
    public int RowsPerLink { get; set; } = 1000;
    public int TablesPerPage { get; set; } = 2;
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(300);
    public ConcurrentQueue<string> Cancelled { get; } = [];
    public int TokensGiven => tokens;

    private const string TypeNames = """
        CASE type WHEN 'int2' THEN 'smallint' WHEN 'int4' THEN 'int' WHEN 'int8' THEN 'bigint' WHEN 'float4' THEN 'float' WHEN 'float8' THEN 'double' WHEN 'bool' THEN 'boolean'
          WHEN 'numeric' THEN 'decimal(' || precision || ',' || scale || ')' WHEN 'timestamp' THEN 'timestamp_ntz' WHEN 'timestamptz' THEN 'timestamp' WHEN 'bytea' THEN 'binary' WHEN 'date' THEN 'date'
          WHEN '_int4' THEN 'array<int>' ELSE 'string' END
        """;

    public static async Task<DatabricksStandIn> StartAsync()
    {
        var standIn = new DatabricksStandIn(await StandInDatabase.CreateAsync($"main {Guid.NewGuid():n}", $"""
            CREATE DOMAIN public.string AS text;
            CREATE DOMAIN public.double AS float8;
            CREATE FUNCTION public.rand() RETURNS float8 LANGUAGE sql VOLATILE AS $$ SELECT random() $$;
            CREATE FUNCTION public.current_timezone() RETURNS text LANGUAGE sql AS $$ SELECT 'UTC' $$;
            CREATE FUNCTION public.to_utc_timestamp(timestamptz, text) RETURNS timestamp LANGUAGE sql AS $$ SELECT $1 AT TIME ZONE 'UTC' $$;
            CREATE VIEW standin.schemata AS SELECT name AS schema_name FROM standin.base_schemas UNION ALL SELECT 'information_schema';
            CREATE VIEW standin.tables AS SELECT table_schema, table_name, comment, CASE kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED_VIEW' ELSE 'MANAGED' END AS table_type FROM standin.base_tables;
            CREATE VIEW standin.columns AS SELECT table_schema, table_name, column_name, ordinal_position - 1 AS ordinal_position, CASE WHEN nullable THEN 'YES' ELSE 'NO' END AS is_nullable, comment, {TypeNames} AS full_data_type FROM standin.base_columns;
            CREATE VIEW standin.table_constraints AS SELECT DISTINCT table_schema, table_name, table_schema AS constraint_schema, name AS constraint_name, CASE kind WHEN 'p' THEN 'PRIMARY KEY' WHEN 'f' THEN 'FOREIGN KEY' ELSE 'UNIQUE' END AS constraint_type FROM standin.base_keys;
            CREATE VIEW standin.key_column_usage AS SELECT table_schema, table_name, table_schema AS constraint_schema, name AS constraint_name, column_name, position AS ordinal_position, CASE kind WHEN 'f' THEN position END AS position_in_unique_constraint FROM standin.base_keys;
            CREATE VIEW standin.referential_constraints AS SELECT DISTINCT f.table_schema AS constraint_schema, f.name AS constraint_name, p.table_schema AS unique_constraint_schema, p.name AS unique_constraint_name
              FROM standin.base_keys f JOIN standin.base_keys p ON f.kind = 'f' AND p.kind = 'p' AND p.table_schema = f.referenced_schema AND p.table_name = f.referenced_table;
            """));
        await standIn.ListenAsync();
        return standIn;
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value!);
        var body = HttpMethods.IsPost(request.Method) && request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true
            ? (await JsonDocument.ParseAsync(request.Body)).RootElement : default;
        if (path == "/oidc/v1/token") await SignInAsync(context);
        else if (path.StartsWith("/files/", StringComparison.Ordinal))
        {
            // The store that results lie in is another service: it must never see the workspace's token.
            if (request.Headers.ContainsKey("Authorization") || !files.TryGetValue(path, out var file)) context.Response.StatusCode = 403;
            else await context.Response.WriteAsync(file);
        }
        else if (request.Headers.Authorization.ToString() is var authority && authority != $"Bearer {PersonalToken}" && authority != $"Bearer m2m-{tokens}")
            await RefuseAsync(context, 401, "UNAUTHENTICATED", "Invalid access token.");
        else if (path == "/api/2.0/sql/statements") await StartAsync(context, body);
        else if (path.StartsWith("/api/2.0/sql/statements/", StringComparison.Ordinal)) await FollowAsync(context, path.Split('/')[5..]);
        else if (path == "/api/2.0/sql/warehouses")
            await context.Response.WriteAsJsonAsync(new { warehouses = new object[] { new { id = "ffff", name = "a", state = "STOPPED" }, new { id = Warehouse, name = "b", state = "RUNNING" } } });
        else if (path == $"/api/2.0/sql/warehouses/{Warehouse}") await context.Response.WriteAsJsonAsync(new { id = Warehouse, name = "b", state = "RUNNING" });
        else if (path.StartsWith("/api/2.1/unity-catalog/", StringComparison.Ordinal)) await UnityAsync(context, path.Split('/')[4..]);
        else await RefuseAsync(context, 404, "RESOURCE_DOES_NOT_EXIST", "Not found.");
    }

    private async Task SignInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Client}:{Secret}"))}" || form["grant_type"] != "client_credentials" || form["scope"] != "all-apis")
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsJsonAsync(new { error = "invalid_client", error_description = "Client authentication failed" });
        }
        else await context.Response.WriteAsJsonAsync(new { access_token = $"m2m-{Interlocked.Increment(ref tokens)}", token_type = "Bearer", expires_in = 3600, scope = "all-apis" });
    }

    private async Task StartAsync(HttpContext context, JsonElement body)
    {
        var sql = body.GetProperty("statement").GetString()!;
        Statements.Enqueue(sql);
        if (body.GetProperty("warehouse_id").GetString() != Warehouse)
        {
            await RefuseAsync(context, 400, "INVALID_PARAMETER_VALUE", "The warehouse does not exist.");
            return;
        }
        var statement = RunningStatement.Start(Database, Translated(sql), Database.SchemaOf(Text(body, "catalog"), Text(body, "schema")));
        running[statement.Id] = statement;
        await StateAsync(context, statement, body.GetProperty("wait_timeout").GetString() == "0s" ? TimeSpan.Zero : Patience);
    }

    private async Task FollowAsync(HttpContext context, string[] rest)
    {
        if (!running.TryGetValue(rest[0], out var statement)) await RefuseAsync(context, 404, "NOT_FOUND", "No such statement.");
        else if (rest is [_, "cancel"])
        {
            Cancelled.Enqueue(statement.Id);
            await statement.CancelAsync();
            await context.Response.WriteAsJsonAsync(new { });
        }
        else if (rest is [_, "result", "chunks", var chunk]) await context.Response.WriteAsJsonAsync(Chunk(statement, int.Parse(chunk, CultureInfo.InvariantCulture)));
        else await StateAsync(context, statement, TimeSpan.Zero);
    }

    private async Task StateAsync(HttpContext context, RunningStatement statement, TimeSpan patience)
    {
        if (!await statement.EndsWithinAsync(patience))
            await context.Response.WriteAsJsonAsync(new { statement_id = statement.Id, status = new { state = "RUNNING" } });
        else if (statement.Error is var (state, message))
            await context.Response.WriteAsJsonAsync(new
            {
                statement_id = statement.Id,
                status = state == "57014" ? (object)new { state = "CANCELED" } : new
                {
                    state = "FAILED",
                    error = new
                    {
                        error_code = "BAD_REQUEST",
                        message = state switch { "42P01" => "[TABLE_OR_VIEW_NOT_FOUND] ", "3F000" => "[SCHEMA_NOT_FOUND] ", "0A000" => "[NO_SUCH_CATALOG_EXCEPTION] ", "42501" => "[INSUFFICIENT_PERMISSIONS] ", _ => "[PARSE_SYNTAX_ERROR] " } + message,
                    },
                },
            });
        else
        {
            var result = statement.Result!;
            await context.Response.WriteAsJsonAsync(new
            {
                statement_id = statement.Id,
                status = new { state = "SUCCEEDED" },
                manifest = new
                {
                    format = "JSON_ARRAY",
                    schema = new { column_count = result.Columns.Count, columns = result.Columns.Select((c, i) => new { name = c.Name, position = i, type_name = TypeOf(c).Split('(', '<')[0], type_text = TypeOf(c) }) },
                    total_row_count = result.Rows.Count,
                    truncated = false,
                },
                result = result.Rows.Count == 0 ? new { } : Chunk(statement, 0),
            });
        }
    }

    private object Chunk(RunningStatement statement, int index)
    {
        var result = statement.Result!;
        var rows = result.Rows.Skip(index * RowsPerLink).Take(RowsPerLink).Select(row => row.Select((cell, i) => cell is null ? null : Encoded(cell, result.Columns[i]))).ToList();
        var path = $"/files/{Guid.NewGuid():n}";
        files[path] = JsonSerializer.Serialize(rows);
        var more = (index + 1) * RowsPerLink < result.Rows.Count;
        return new
        {
            external_links = new[]
            {
                new
                {
                    chunk_index = index, row_offset = index * RowsPerLink, row_count = rows.Count, byte_count = files[path].Length, external_link = $"{Endpoint.ToString().TrimEnd('/')}{path}?sig=1",
                    expiration = DateTimeOffset.UtcNow.AddMinutes(15), next_chunk_index = more ? index + 1 : (int?)null,
                    next_chunk_internal_link = more ? $"/api/2.0/sql/statements/{statement.Id}/result/chunks/{index + 1}?row_offset={(index + 1) * RowsPerLink}" : null,
                },
            },
        };
    }

    private async Task UnityAsync(HttpContext context, string[] rest)
    {
        var query = context.Request.Query;
        if (rest is ["catalogs", var name] && name != Database.Name || query["catalog_name"].FirstOrDefault() is { } catalog && catalog != Database.Name)
            await RefuseAsync(context, 404, "CATALOG_DOES_NOT_EXIST", "No such catalog.");
        else if (rest is ["catalogs", ..]) await context.Response.WriteAsJsonAsync(rest.Length == 2 ? new { name = rest[1] } : (object)new { catalogs = new[] { new { name = Database.Name }, new { name = "system" } } });
        else if (rest is ["schemas"])
            await context.Response.WriteAsJsonAsync(new { schemas = (await Database.QueryAsync("SELECT schema_name FROM standin.schemata", default)).Rows.Select(r => new { name = r[0], catalog_name = Database.Name }) });
        else await TablesAsync(context, query["schema_name"]!, int.Parse(query["page_token"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture));
    }

    private async Task TablesAsync(HttpContext context, string schema, int from)
    {
        var where = $"WHERE table_schema = '{schema.Replace("'", "''")}'";
        var tables = (await Database.QueryAsync($"SELECT table_name, table_type, comment FROM standin.tables {where} ORDER BY 1", default)).Rows;
        var columns = (await Database.QueryAsync($"SELECT table_name, column_name, full_data_type, is_nullable, comment, ordinal_position FROM standin.columns {where} ORDER BY 6 DESC", default)).Rows.ToLookup(r => r[0]!);
        var keys = (await Database.QueryAsync($"SELECT table_name, kind, name, array_to_json(array_agg(column_name ORDER BY position)), referenced_schema || '.' || referenced_table, array_to_json(array_agg(referenced_column ORDER BY position)) FROM standin.base_keys {where} AND kind IN ('p', 'f') GROUP BY 1, 2, 3, 5", default)).Rows.ToLookup(r => r[0]!);
        await context.Response.WriteAsJsonAsync(new
        {
            tables = tables.Skip(from).Take(TablesPerPage).Select(t => new
            {
                name = t[0],
                catalog_name = Database.Name,
                schema_name = schema,
                table_type = t[1],
                comment = t[2],
                columns = columns[t[0]!].Select(c => new { name = c[1], type_text = c[2], type_name = c[2]!.Split('(')[0].ToUpperInvariant(), nullable = c[3] == "YES", comment = c[4], position = int.Parse(c[5]!, CultureInfo.InvariantCulture) }),
                table_constraints = keys[t[0]!].Select(k => k[1] == "p"
                    ? new { primary_key_constraint = new { name = k[2], child_columns = Names(k[3]!) } }
                    : (object)new { foreign_key_constraint = new { name = k[2], child_columns = Names(k[3]!), parent_table = $"{Database.Name}.{k[4]}", parent_columns = Names(k[5]!) } }),
            }),
            next_page_token = from + TablesPerPage < tables.Count ? $"{from + TablesPerPage}" : null,
        });

        static string[] Names(string json) => JsonSerializer.Deserialize<string[]>(json)!;
    }

    private string Translated(string sql) => sql.Contains(" SET TBLPROPERTIES ") ? "SELECT 1" : Definitions.OfMoments(Backticks.Translate(sql))
        .Replace(" TBLPROPERTIES (E'delta.columnMapping.mode' = E'name', E'delta.minReaderVersion' = E'2', E'delta.minWriterVersion' = E'5')", "")
        .Replace("system.information_schema.catalogs", $"(SELECT '{Database.Name}' AS catalog_name UNION ALL SELECT 'system') c")
        .Replace($"\"{Database.Name}\".information_schema.", $"\"{Database.Name}\".{StandInDatabase.Views}.").Replace("TIMESTAMP_NTZ E'", "TIMESTAMP '").Replace("TIMESTAMP E'", "TIMESTAMP '");

    private static string TypeOf(StandInColumn column) => column.Type switch
    {
        "int2" => "SMALLINT",
        "int4" => "INT",
        "int8" => "BIGINT",
        "float4" => "FLOAT",
        "float8" => "DOUBLE",
        "bool" => "BOOLEAN",
        "numeric" => $"DECIMAL({column.Precision ?? 38},{column.Scale ?? 0})",
        "date" => "DATE",
        "timestamp" => "TIMESTAMP_NTZ",
        "timestamptz" => "TIMESTAMP",
        "bytea" => "BINARY",
        "_int4" => "ARRAY<INT>",
        _ => "STRING",
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Encoded(string text, StandInColumn column) => column.Type switch
    {
        "bool" => text == "t" ? "true" : "false",
        "bytea" => Convert.ToBase64String(Convert.FromHexString(text[2..])),
        "_int4" => text.Replace('{', '[').Replace('}', ']'),
        _ => text,
    };

    private static Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error_code = code, message });
    }
}
