using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Assay.Testing.Warehouses;

/// <summary>The interface that Snowflake's drivers speak: sessions with tokens, statements that take long, results in parts, cancelling.</summary>
public sealed partial class SnowflakeStandIn : StandIn
{
    public const string Account = "xy12345";
    public const string User = "ASSAY";
    public const string Password = "sn0w-s3cret";
    public const string AccessToken = "pat-s3cret";
    public const string Role = "READER";
    public const string Warehouse = "WH";

    private const string ChunkKey = "chunk-key";

    private readonly ConcurrentDictionary<string, string> masters = new();
    private readonly ConcurrentDictionary<string, byte> tokens = new();
    private readonly ConcurrentDictionary<string, byte> expired = new();
    private readonly ConcurrentDictionary<string, (Task<string> Answer, CancellationTokenSource Stop)> running = new();
    private readonly ConcurrentDictionary<string, byte[]> chunks = new();
    private readonly ConcurrentDictionary<string, string> schemas = new();
    private int counter;

    private SnowflakeStandIn(StandInDatabase database) => Database = database;

    public StandInDatabase Database { get; }
    public RSA Key { get; } = RSA.Create(2048);
    /// <summary>Rows that come with the answer, and rows of each part after that.</summary>
    public int RowsAtOnce { get; set; } = 1000;
    /// <summary>How long an answer is held back until the client is told to ask again.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(300);
    public int MasterValidity { get; set; } = 14_400;
    public ConcurrentQueue<string> Aborted { get; } = [];
    public int Heartbeats => Requests.Count(r => r == "POST /session/heartbeat");
    public int Renewals => Requests.Count(r => r == "POST /session/token-request");
    public int OpenSessions => tokens.Count;

    public static async Task<SnowflakeStandIn> StartAsync()
    {
        var standIn = new SnowflakeStandIn(await StandInDatabase.CreateAsync($"SALES {Guid.NewGuid():n}", """
            CREATE FUNCTION public.uniform(float8, float8, float8) RETURNS float8 LANGUAGE sql VOLATILE AS $$ SELECT $1 + ($2 - $1) * $3 $$;
            CREATE VIEW standin.schemata AS SELECT name AS schema_name FROM standin.base_schemas UNION ALL SELECT 'INFORMATION_SCHEMA';
            CREATE VIEW standin.table_constraints AS SELECT DISTINCT table_schema, table_name, CASE kind WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' ELSE 'FOREIGN KEY' END AS constraint_type FROM standin.base_keys;
            CREATE VIEW standin.tables AS SELECT table_schema, table_name, comment, row_count,
              CASE kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'EXTERNAL TABLE' ELSE 'BASE TABLE' END AS table_type FROM standin.base_tables;
            CREATE VIEW standin.columns AS SELECT table_schema, table_name, column_name, ordinal_position, CASE WHEN nullable THEN 'YES' ELSE 'NO' END AS is_nullable, comment,
              CASE WHEN type IN ('int2', 'int4', 'int8', 'numeric') THEN 'NUMBER' WHEN type IN ('float4', 'float8') THEN 'FLOAT' WHEN type IN ('text', 'varchar', 'bpchar', 'uuid') THEN 'TEXT'
                WHEN type = 'bool' THEN 'BOOLEAN' WHEN type = 'date' THEN 'DATE' WHEN type = 'timestamp' THEN 'TIMESTAMP_NTZ' WHEN type = 'timestamptz' THEN 'TIMESTAMP_TZ'
                WHEN type = 'time' THEN 'TIME' WHEN type = 'bytea' THEN 'BINARY' WHEN type = 'jsonb' THEN 'VARIANT' ELSE 'OTHER' END AS data_type,
              length AS character_maximum_length, CASE WHEN type IN ('int2', 'int4', 'int8', 'numeric') THEN coalesce(precision, 38) END AS numeric_precision,
              CASE WHEN type IN ('int2', 'int4', 'int8', 'numeric') THEN coalesce(scale, 0) END AS numeric_scale, CASE WHEN type LIKE 'time%' THEN 9 END AS datetime_precision
              FROM standin.base_columns;
            """));
        await standIn.ListenAsync();
        return standIn;
    }

    /// <summary>Has Snowflake say at the next request that the tokens given out so far have run out.</summary>
    public void ExpireTokens()
    {
        foreach (var token in tokens.Keys) expired[token] = 0;
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        var body = context.Request.Method == "POST" ? await BodyAsync(context.Request) : default;
        switch (context.Request.Path.Value!)
        {
            case "/session/v1/login-request":
                await WriteAsync(context, Login(body.GetProperty("data"), context.Request.Query));
                break;
            case var path when path.StartsWith("/chunks/", StringComparison.Ordinal):
                await ChunkAsync(context, path);
                break;
            case "/telemetry/send":
                await WriteAsync(context, Success(null));
                break;
            case "/session/token-request":
                await WriteAsync(context, Renew(context, body));
                break;
            case var _ when !tokens.ContainsKey(Token(context)):
                await WriteAsync(context, Refusal("390104", "ID token is invalid."));
                break;
            case var _ when expired.ContainsKey(Token(context)):
                await WriteAsync(context, Refusal("390112", "Session token expired."));
                break;
            case "/session":
                tokens.TryRemove(Token(context), out _);
                await WriteAsync(context, Success(null));
                break;
            case "/session/heartbeat":
                await WriteAsync(context, Success(null));
                break;
            case "/queries/v1/query-request":
                await QueryAsync(context, body);
                break;
            case "/queries/v1/abort-request":
                await AbortAsync(context, body.GetProperty("requestId").GetString()!);
                break;
            // Once a client has been told the statement's id, it may cancel by that.
            case var path when path.StartsWith("/queries/", StringComparison.Ordinal) && path.EndsWith("/abort-request", StringComparison.Ordinal):
                await AbortAsync(context, path.Split('/')[2]);
                break;
            case var path when path.StartsWith("/queries/", StringComparison.Ordinal) && path.EndsWith("/result", StringComparison.Ordinal):
                await WaitAsync(context, path.Split('/')[2]);
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private string Login(JsonElement data, IQueryCollection query)
    {
        var user = data.GetProperty("LOGIN_NAME").GetString();
        var accepted = Text(data, "AUTHENTICATOR") switch
        {
            "SNOWFLAKE_JWT" => IsSigned(Text(data, "TOKEN")!),
            "PROGRAMMATIC_ACCESS_TOKEN" or "OAUTH" => Text(data, "TOKEN") == AccessToken,
            _ => Text(data, "PASSWORD") == Password,
        };
        if (!accepted || !string.Equals(user, User, StringComparison.OrdinalIgnoreCase))
            return Text(data, "AUTHENTICATOR") == "SNOWFLAKE_JWT" ? Refusal("390144", "JWT token is invalid.") : Refusal("390100", "Incorrect username or password was specified.");
        if (query["roleName"].FirstOrDefault() is { Length: > 0 } role && role != Role)
            return Refusal("390189", $"Role '{role}' specified in the connect string does not exist or not authorized.");
        var (token, master) = (NewToken(), NewToken());
        tokens[token] = 0;
        masters[master] = token;
        return Success(new
        {
            masterToken = master,
            token,
            validityInSeconds = 3600,
            masterValidityInSeconds = MasterValidity,
            displayUserName = user,
            serverVersion = "9.1.0",
            firstLogin = false,
            sessionId = Interlocked.Increment(ref counter),
            parameters = new object[] { new { name = "TIMEZONE", value = "UTC" }, new { name = "CLIENT_PREFETCH_THREADS", value = 4 } },
            sessionInfo = new { databaseName = (string?)null, schemaName = (string?)null, warehouseName = query["warehouse"].FirstOrDefault() is Warehouse ? Warehouse : null, roleName = Role },
        });
    }

    private bool IsSigned(string token)
    {
        var parts = token.Split('.');
        var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).RootElement;
        var fingerprint = Convert.ToBase64String(SHA256.HashData(Key.ExportSubjectPublicKeyInfo()));
        return Key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            && Text(claims, "iss") == $"{Account.ToUpperInvariant()}.{User}.SHA256:{fingerprint}" && Text(claims, "sub") == $"{Account.ToUpperInvariant()}.{User}"
            && claims.GetProperty("exp").GetInt64() > DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    private string Renew(HttpContext context, JsonElement body)
    {
        if (!masters.TryRemove(Token(context), out var old) || Text(body, "oldSessionToken") != old) return Refusal("390114", "Authentication token has expired.");
        tokens.TryRemove(old, out _);
        var (token, master) = (NewToken(), NewToken());
        tokens[token] = 0;
        masters[master] = token;
        return Success(new { sessionToken = token, validityInSecondsST = 3600, masterToken = master, validityInSecondsMT = MasterValidity, sessionId = counter });
    }

    private async Task QueryAsync(HttpContext context, JsonElement body)
    {
        var sql = body.GetProperty("sqlText").GetString()!;
        Statements.Enqueue(sql);
        var request = context.Request.Query["requestId"].ToString();
        var stop = new CancellationTokenSource();
        running[request] = (Task.Run(() => RunAsync(Token(context), sql, stop.Token)), stop);
        await WaitAsync(context, request);
    }

    private async Task AbortAsync(HttpContext context, string request)
    {
        Aborted.Enqueue(request);
        if (running.TryGetValue(request, out var aborted)) await aborted.Stop.CancelAsync();
        await WriteAsync(context, Success(null));
    }

    /// <summary>Holds the answer back for a while, then says where to ask again.</summary>
    private async Task WaitAsync(HttpContext context, string request)
    {
        if (!running.TryGetValue(request, out var query)) await WriteAsync(context, Refusal("000710", "No such query."));
        else if (await Task.WhenAny(query.Answer, Task.Delay(Patience, context.RequestAborted)) == query.Answer) await WriteAsync(context, await query.Answer);
        else await WriteAsync(context, JsonSerializer.Serialize(new
        {
            data = new { getResultUrl = $"/queries/{request}/result?disableOfflineChunks=false", queryId = request, queryAbortsAfterSecs = 300 },
            code = "333334",
            message = "Query execution in progress.",
            success = true,
        }));
    }

    private async Task<string> RunAsync(string session, string sql, CancellationToken cancel)
    {
        try
        {
            if (Use().Match(sql) is { Success: true } use)
            {
                schemas[session] = use.Groups["schema"].Value.Replace("\"\"", "\"");
                return Answer(await Database.QueryAsync("SELECT 'Statement executed successfully.' AS status", cancel));
            }
            return Answer(await Database.QueryAsync(Translated(sql), cancel, schemas.GetValueOrDefault(session)));
        }
        catch (OperationCanceledException)
        {
            return Refusal("000604", "SQL execution canceled", "57014");
        }
        catch (PostgresException e)
        {
            return e.SqlState switch
            {
                PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.FeatureNotSupported =>
                    Refusal("002003", "SQL compilation error: Object does not exist or not authorized.", "42S02"),
                PostgresErrorCodes.InsufficientPrivilege => Refusal("003001", "SQL access control error: Insufficient privileges", "42501"),
                _ => Refusal("001003", $"SQL compilation error: {e.MessageText}", "42000"),
            };
        }
    }

    /// <summary>Statements of Snowflake's own become queries of the catalogue; the others are PostgreSQL's too, but for the information schema's place.</summary>
    private string Translated(string sql)
    {
        var show = Show().Match(sql);
        if (!show.Success) return Definitions.WithEscapes(sql).Replace("CREATE TRANSIENT TABLE", "CREATE TABLE").Replace(" DATA_RETENTION_TIME_IN_DAYS = 0", "").Replace(" TIMESTAMP_TZ", " timestamptz").Replace($"{Quoted(Database.Name)}.INFORMATION_SCHEMA.", $"{Quoted(Database.Name)}.{StandInDatabase.Views}.").Replace("::TIMESTAMP_NTZ", "::timestamp").Replace("::TIMESTAMP_TZ", "::timestamptz");
        if (show.Groups["what"].Value == "TERSE DATABASES") return $"SELECT now() AS created_on, '{Database.Name}' AS name, 'STANDARD' AS kind UNION ALL SELECT now(), 'SNOWFLAKE', 'APPLICATION'";
        string Only(string group, string column) => show.Groups[group].Success ? $"{column} = '{show.Groups[group].Value.Replace("\"\"", "\"").Replace("'", "''")}' AND " : "";
        var keys = $"FROM standin.base_keys WHERE {Only("schema", "table_schema")}{Only("table", "table_name")}kind = ";
        return show.Groups["what"].Value switch
        {
            "PRIMARY KEYS" => $"SELECT now() AS created_on, '' AS database_name, table_schema AS schema_name, table_name, column_name, position AS key_sequence, name AS constraint_name, 'false' AS rely, '' AS comment {keys}'p' ORDER BY 3, 4 LIMIT 10000",
            "UNIQUE KEYS" => $"SELECT now() AS created_on, '' AS database_name, table_schema AS schema_name, table_name, column_name, position AS key_sequence, name AS constraint_name, 'false' AS rely, '' AS comment {keys}'u' ORDER BY 3, 4 LIMIT 10000",
            _ => $"SELECT now() AS created_on, '' AS pk_database_name, referenced_schema AS pk_schema_name, referenced_table AS pk_table_name, referenced_column AS pk_column_name, '' AS fk_database_name, table_schema AS fk_schema_name, table_name AS fk_table_name, column_name AS fk_column_name, position AS key_sequence, name AS fk_name {keys}'f' ORDER BY 7, 8 LIMIT 10000",
        };
    }

    private string Answer(StandInResult result)
    {
        var rows = result.Rows.Select(row => row.Select((cell, i) => cell is null ? null : Encoded(cell, result.Columns[i])).ToArray()).ToList();
        var parts = rows.Skip(RowsAtOnce).Chunk(RowsAtOnce).Select(part =>
        {
            var text = JsonSerializer.Serialize(part);
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text[1..^1]));
            var path = $"/chunks/{Guid.NewGuid():n}";
            chunks[path] = packed.ToArray();
            return new { url = $"{Endpoint.ToString().TrimEnd('/')}{path}?sig=1", rowCount = part.Length, uncompressedSize = text.Length - 2, compressedSize = packed.Length };
        }).ToList();
        return Success(new
        {
            parameters = Array.Empty<object>(),
            rowtype = result.Columns.Select(c => new { name = c.Name.ToUpperInvariant(), database = "", schema = "", table = "", type = TypeOf(c), scale = c.Scale ?? (c.Type.StartsWith("time", StringComparison.Ordinal) ? 9 : 0), precision = c.Precision ?? 38, nullable = true, length = 16_777_216, byteLength = 16_777_216 }),
            rowset = rows.Take(RowsAtOnce),
            total = rows.Count,
            returned = rows.Count,
            queryId = $"{Guid.NewGuid():d}",
            numberOfBinds = 0,
            statementTypeId = 4096,
            version = 1,
            queryResultFormat = "json",
            chunks = parts.Count == 0 ? null : parts,
            chunkHeaders = parts.Count == 0 ? null : new Dictionary<string, string> { ["x-chunk-key"] = ChunkKey },
        });
    }

    private static string TypeOf(StandInColumn column) => column.Type switch
    {
        "int2" or "int4" or "int8" or "numeric" => "fixed",
        "float4" or "float8" => "real",
        "bool" => "boolean",
        "date" => "date",
        "timestamp" => "timestamp_ntz",
        "timestamptz" => "timestamp_tz",
        "time" => "time",
        "bytea" => "binary",
        "jsonb" => "variant",
        _ => "text",
    };

    private static string Encoded(string text, StandInColumn column) => TypeOf(column) switch
    {
        "boolean" => text == "t" ? "1" : "0",
        "date" => (DateOnly.Parse(text, CultureInfo.InvariantCulture).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber).ToString(CultureInfo.InvariantCulture),
        "timestamp_ntz" => Epoch(text),
        "timestamp_tz" => $"{Epoch(text)} 1560",
        "time" => $"{(decimal)TimeOnly.Parse(text, CultureInfo.InvariantCulture).Ticks / TimeSpan.TicksPerSecond:0.000000000}",
        "binary" => text[2..].ToUpperInvariant(),
        _ => text,
    };

    private static string Epoch(string text) =>
        ((decimal)(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond).ToString("0.000000000", CultureInfo.InvariantCulture);

    private async Task ChunkAsync(HttpContext context, string path)
    {
        // The store that parts lie in is another service: it must never see the session's token.
        if (context.Request.Headers["x-chunk-key"] != ChunkKey || context.Request.Headers.ContainsKey("Authorization") || !chunks.TryGetValue(path, out var part))
            context.Response.StatusCode = 403;
        else
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(part);
        }
    }

    private static async Task<JsonElement> BodyAsync(HttpRequest request)
    {
        Stream body = request.Body;
        if (request.Headers.ContentEncoding == "gzip") body = new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(body);
        var text = await reader.ReadToEndAsync();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    private static string Token(HttpContext context) => TokenText().Match(context.Request.Headers.Authorization.ToString()).Groups[1].Value;

    private static string NewToken() => RandomNumberGenerator.GetHexString(32);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    private static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    private static string Success(object? data) => JsonSerializer.Serialize(new { data, message = (string?)null, code = (string?)null, success = true });

    private static string Refusal(string code, string message, string? state = null) =>
        JsonSerializer.Serialize(new { data = new { sqlState = state, queryId = "", errorCode = code }, message, code, success = false });

    [GeneratedRegex("Token=\"([^\"]*)\"")]
    private static partial Regex TokenText();

    [GeneratedRegex("""^SHOW (?<what>TERSE DATABASES|PRIMARY KEYS|UNIQUE KEYS|IMPORTED KEYS)( IN (?:DATABASE|SCHEMA|TABLE) "(?:[^"]|"")*"(?:\."(?<schema>(?:[^"]|"")*)")?(?:\."(?<table>(?:[^"]|"")*)")?)?""")]
    private static partial Regex Show();

    [GeneratedRegex("""^USE SCHEMA "(?:[^"]|"")*"\."(?<schema>(?:[^"]|"")*)"$""")]
    private static partial Regex Use();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Key.Dispose();
    }
}
