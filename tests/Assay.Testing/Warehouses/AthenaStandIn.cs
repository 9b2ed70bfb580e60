using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.Testing.Warehouses;

/// <summary>Athena's JSON interface, and as much of STS as gives out a role's keys. Signatures are verified.</summary>
public sealed class AthenaStandIn : StandIn
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "wJalr/s3cret+key";
    public const string Role = "arn:aws:iam::123456789012:role/assay";
    public const string Region = "eu-central-1";
    private const string RoleKey = "ASIAROLE";
    private const string RoleToken = "role-session-token";

    private readonly ConcurrentDictionary<string, RunningStatement> running = new();

    private AthenaStandIn(StandInDatabase database) => Database = database;

    public StandInDatabase Database { get; }
    public int TablesPerPage { get; set; } = 2;
    public ConcurrentQueue<string> Stopped { get; } = [];
    public string? LastOutput { get; private set; }

    public static async Task<AthenaStandIn> StartAsync()
    {
        var standIn = new AthenaStandIn(await StandInDatabase.CreateAsync($"AwsDataCatalog {Guid.NewGuid():n}", """
            CREATE VIEW standin.columns AS SELECT table_schema, table_name, column_name, ordinal_position, comment,
              CASE type WHEN 'int2' THEN 'smallint' WHEN 'int4' THEN 'int' WHEN 'int8' THEN 'bigint' WHEN 'float4' THEN 'float' WHEN 'float8' THEN 'double' WHEN 'bool' THEN 'boolean'
                WHEN 'numeric' THEN 'decimal(' || precision || ',' || scale || ')' WHEN 'timestamp' THEN 'timestamp' WHEN 'timestamptz' THEN 'timestamp' WHEN 'bytea' THEN 'binary' WHEN 'date' THEN 'date' ELSE 'string' END AS type
              FROM standin.base_columns;
            """));
        await standIn.ListenAsync();
        return standIn;
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes);
        var text = Encoding.UTF8.GetString(bytes.ToArray());
        if (text.StartsWith("Action=AssumeRole", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync($"""
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>{RoleKey}</AccessKeyId><SecretAccessKey>{SecretKey}</SecretAccessKey>
                <SessionToken>{RoleToken}</SessionToken><Expiration>{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
                """);
            return;
        }
        if (Refusal(context.Request, bytes.ToArray()) is { } refusal)
        {
            await RefuseAsync(context, refusal, "The security token included in the request is invalid.");
            return;
        }
        var body = JsonDocument.Parse(text).RootElement;
        var id = Text(body, "QueryExecutionId");
        context.Response.ContentType = "application/x-amz-json-1.1";
        switch (context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1])
        {
            case "ListDataCatalogs":
                await WriteAsync(context, new { DataCatalogsSummary = new[] { new { CatalogName = Database.Name, Type = "GLUE" } } });
                break;
            case "ListDatabases" when Text(body, "CatalogName") == Database.Name:
                await WriteAsync(context, new { DatabaseList = (await Database.QueryAsync("SELECT name FROM standin.base_schemas", default)).Rows.Select(r => new { Name = r[0] }) });
                break;
            case "ListTableMetadata" when Text(body, "CatalogName") == Database.Name:
                await TablesAsync(context, Text(body, "DatabaseName")!, int.Parse(Text(body, "NextToken") ?? "0", CultureInfo.InvariantCulture));
                break;
            case "ListDatabases" or "ListTableMetadata":
                await RefuseAsync(context, "MetadataException", "Catalog not found.");
                break;
            case "StartQueryExecution":
                Statements.Enqueue(Text(body, "QueryString")!);
                LastOutput = body.TryGetProperty("ResultConfiguration", out var configuration) ? Text(configuration, "OutputLocation") : null;
                var statement = RunningStatement.Start(Database, Text(body, "QueryString")!,
                    body.TryGetProperty("QueryExecutionContext", out var place) ? Database.SchemaOf(Text(place, "Catalog"), Text(place, "Database")) : null);
                running[statement.Id] = statement;
                await WriteAsync(context, new { QueryExecutionId = statement.Id });
                break;
            case "GetQueryExecution" when running.TryGetValue(id!, out var asked):
                var state = !asked.Ended.IsCompleted ? "RUNNING" : asked.Error is null ? "SUCCEEDED" : asked.Error.Value.State == "57014" ? "CANCELLED" : "FAILED";
                await WriteAsync(context, new { QueryExecution = new { QueryExecutionId = id, Status = new { State = state, StateChangeReason = asked.Error is var (code, message) ? $"{(code is "42P01" ? "TABLE_NOT_FOUND" : code is "42501" ? "PERMISSION_DENIED" : code is "42703" ? "COLUMN_NOT_FOUND" : "")}: {message}" : null } } });
                break;
            case "GetQueryResults" when running.TryGetValue(id!, out var ended):
                await ResultsAsync(context, ended.Result!, int.Parse(Text(body, "NextToken") ?? "0", CultureInfo.InvariantCulture));
                break;
            case "StopQueryExecution" when running.TryGetValue(id!, out var stopped):
                Stopped.Enqueue(id!);
                await stopped.CancelAsync();
                await WriteAsync(context, new { });
                break;
            default:
                await RefuseAsync(context, "InvalidRequestException", "QueryExecution was not found");
                break;
        }
    }

    /// <summary>What is wrong with a request's signature: the type of Athena's refusal.</summary>
    private static string? Refusal(HttpRequest request, byte[] body)
    {
        var given = request.Headers.Authorization.ToString();
        var parts = given.Replace("AWS4-HMAC-SHA256 ", "").Split(", ").Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var scope = parts["Credential"].Split('/', 2);
        if (scope[0] != AccessKey && (scope[0] != RoleKey || request.Headers["x-amz-security-token"] != RoleToken)) return "UnrecognizedClientException";
        var canonical = $"POST\n/\n\n{string.Concat(parts["SignedHeaders"].Split(';').Select(h => $"{h}:{request.Headers[h].ToString().Trim()}\n"))}\n{parts["SignedHeaders"]}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";
        var toSign = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope[1]}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope[1].Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{SecretKey}"), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return scope[1].EndsWith($"/{Region}/athena/aws4_request", StringComparison.Ordinal)
            && parts["Signature"] == Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign))) ? null : "InvalidSignatureException";
    }

    private async Task TablesAsync(HttpContext context, string schema, int from)
    {
        var where = $"WHERE table_schema = '{schema.Replace("'", "''")}'";
        var tables = (await Database.QueryAsync($"SELECT table_name, kind, comment FROM standin.base_tables {where} ORDER BY 1", default)).Rows;
        var columns = (await Database.QueryAsync($"SELECT table_name, column_name, type, comment FROM standin.columns {where} ORDER BY ordinal_position", default)).Rows.ToLookup(r => r[0]!);
        await WriteAsync(context, new
        {
            TableMetadataList = tables.Skip(from).Take(TablesPerPage).Select(t => new
            {
                Name = t[0],
                TableType = t[1] == "v" ? "VIRTUAL_VIEW" : "EXTERNAL_TABLE",
                Columns = columns[t[0]!].Select(c => new { Name = c[1], Type = c[2], Comment = c[3] }),
                PartitionKeys = Array.Empty<object>(),
                Parameters = new Dictionary<string, string?> { ["comment"] = t[2] },
            }),
            NextToken = from + TablesPerPage < tables.Count ? $"{from + TablesPerPage}" : null,
        });
    }

    private static async Task ResultsAsync(HttpContext context, StandInResult result, int from)
    {
        // The names of the columns count as the first row.
        var rows = new[] { new { Data = result.Columns.Select(c => (object)new { VarCharValue = c.Name }) } }
            .Concat(result.Rows.Select(row => new { Data = row.Select((cell, i) => cell is null ? new { } : (object)new { VarCharValue = Encoded(cell, result.Columns[i]) }) })).ToList();
        await WriteAsync(context, new
        {
            ResultSet = new { Rows = rows.Skip(from).Take(1000), ResultSetMetadata = new { ColumnInfo = result.Columns.Select(c => new { c.Name, Type = TypeOf(c), Precision = c.Precision ?? int.MaxValue, Scale = c.Scale ?? 0, Nullable = "UNKNOWN" }) } },
            NextToken = from + 1000 < rows.Count ? $"{from + 1000}" : null,
        });
    }

    private static string TypeOf(StandInColumn column) => column.Type switch
    {
        "int2" => "smallint",
        "int4" => "integer",
        "int8" => "bigint",
        "float4" => "float",
        "float8" => "double",
        "bool" => "boolean",
        "numeric" => "decimal",
        "date" => "date",
        "timestamp" => "timestamp",
        "timestamptz" => "timestamp with time zone",
        "bytea" => "varbinary",
        _ => "varchar",
    };

    private static string Encoded(string text, StandInColumn column) => column.Type switch
    {
        "bool" => text == "t" ? "true" : "false",
        "bytea" => string.Join(' ', text[2..].Chunk(2).Select(pair => new string(pair))),
        "timestamptz" => text.Replace("+00", " UTC"),
        _ => text,
    };

    private static Task WriteAsync(HttpContext context, object answer) => context.Response.WriteAsync(JsonSerializer.Serialize(answer));

    private static Task RefuseAsync(HttpContext context, string type, string message)
    {
        context.Response.StatusCode = 400;
        return WriteAsync(context, new { __type = type, message });
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
