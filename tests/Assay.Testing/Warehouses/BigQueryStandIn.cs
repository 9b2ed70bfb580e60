using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Assay.Testing.Warehouses;

/// <summary>BigQuery's jobs, results in pages and lists of projects and datasets, and Google's token service, which verifies sign-ins.</summary>
public sealed partial class BigQueryStandIn : StandIn
{
    public const string Email = "assay@billing-project.iam.gserviceaccount.com";
    public const string Project = "billing-project";
    public const string Token = "ya29.token";

    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, RunningStatement> jobs = new();

    private BigQueryStandIn(StandInDatabase database) => Database = database;

    public StandInDatabase Database { get; }
    public int RowsPerPage { get; set; } = 1000;
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(300);
    public ConcurrentQueue<string> Cancelled { get; } = [];
    /// <summary>The statements of dry runs.</summary>
    public ConcurrentQueue<string> Tried { get; } = [];

    public static async Task<BigQueryStandIn> StartAsync()
    {
        var standIn = new BigQueryStandIn(await StandInDatabase.CreateAsync($"data-{Guid.NewGuid():n}", """
            CREATE DOMAIN public.string AS text; CREATE FUNCTION public.rand() RETURNS float8 LANGUAGE sql VOLATILE AS $$ SELECT random() $$; CREATE DOMAIN public.int64 AS int8; CREATE DOMAIN public.float64 AS float8;
            CREATE FUNCTION public.to_json_string(anyelement) RETURNS text LANGUAGE sql AS $$ SELECT to_json($1)::text $$;
            CREATE VIEW standin.tables AS SELECT table_schema, table_name, CASE kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'BASE TABLE' END AS table_type FROM standin.base_tables;
            CREATE VIEW standin.__tables__ AS SELECT table_schema, table_name AS table_id, coalesce(row_count, 0) AS row_count, CASE WHEN kind = 'r' THEN 1 ELSE 2 END AS type FROM standin.base_tables;
            CREATE VIEW standin.columns AS SELECT table_schema, table_name, column_name, ordinal_position, CASE WHEN nullable THEN 'YES' ELSE 'NO' END AS is_nullable, 'NO' AS is_hidden,
              CASE WHEN type IN ('int2', 'int4', 'int8') THEN 'INT64' WHEN type IN ('float4', 'float8') THEN 'FLOAT64' WHEN type = 'bool' THEN 'BOOL' WHEN type = 'numeric' AND scale = 0 THEN 'BIGNUMERIC(' || precision || ')'
                WHEN type = 'numeric' THEN 'NUMERIC(' || precision || ', ' || scale || ')' WHEN type = 'timestamp' THEN 'DATETIME' WHEN type = 'timestamptz' THEN 'TIMESTAMP' WHEN type = 'date' THEN 'DATE'
                WHEN type = 'bytea' THEN 'BYTES' WHEN type = '_int4' THEN 'ARRAY<INT64>' ELSE 'STRING' END AS data_type FROM standin.base_columns;
            CREATE VIEW standin.column_field_paths AS SELECT table_schema, table_name, column_name, column_name AS field_path, comment AS description FROM standin.base_columns;
            CREATE VIEW standin.table_constraints AS SELECT DISTINCT table_schema, table_name, table_name || '.' || name AS constraint_name, CASE kind WHEN 'p' THEN 'PRIMARY KEY' ELSE 'FOREIGN KEY' END AS constraint_type FROM standin.base_keys WHERE kind IN ('p', 'f');
            CREATE VIEW standin.key_column_usage AS SELECT table_schema, table_name, table_name || '.' || name AS constraint_name, column_name, position AS ordinal_position, CASE kind WHEN 'f' THEN position END AS position_in_unique_constraint FROM standin.base_keys WHERE kind IN ('p', 'f');
            CREATE VIEW standin.constraint_column_usage AS SELECT coalesce(referenced_schema, table_schema) AS table_schema, coalesce(referenced_table, table_name) AS table_name, coalesce(referenced_column, column_name) AS column_name, table_name || '.' || name AS constraint_name FROM standin.base_keys WHERE kind IN ('p', 'f');
            """));
        await standIn.ListenAsync();
        return standIn;
    }

    /// <param name="ownKey">Sign with a key that the token service does not know.</param>
    public string AccountKey(bool ownKey = false) => JsonSerializer.Serialize(new
    {
        type = "service_account",
        project_id = Project,
        client_email = Email,
        token_uri = $"{Endpoint}token",
        private_key = ownKey ? RSA.Create(2048).ExportPkcs8PrivateKeyPem() : key.ExportPkcs8PrivateKeyPem(),
    });

    protected override async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value!);
        if (path == "/token")
        {
            var parts = (await request.ReadFormAsync())["assertion"].ToString().Split('.');
            var signed = key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            context.Response.StatusCode = signed ? 200 : 400;
            await context.Response.WriteAsJsonAsync(signed ? new { access_token = Token, expires_in = 3600, token_type = "Bearer" } : (object)new { error = "invalid_grant", error_description = "Invalid JWT Signature." });
        }
        else if (request.Headers.Authorization != $"Bearer {Token}") await RefuseAsync(context, 401, "authError", "Invalid credentials");
        else switch (path.Split('/', StringSplitOptions.RemoveEmptyEntries)[2..])
            {
                case ["projects"]:
                    await context.Response.WriteAsJsonAsync(new { projects = new[] { new { id = Database.Name }, new { id = Project } } });
                    break;
                case ["projects", var project, "datasets"] when project == Database.Name:
                    var names = (await Database.QueryAsync("SELECT name FROM standin.base_schemas ORDER BY 1", default)).Rows.Select(r => r[0]).ToList();
                    var from = int.Parse(request.Query["pageToken"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
                    await context.Response.WriteAsJsonAsync(new { datasets = names.Skip(from).Take(2).Select(n => new { datasetReference = new { projectId = project, datasetId = n } }), nextPageToken = from + 2 < names.Count ? $"{from + 2}" : null });
                    break;
                case ["projects", Project, "jobs"]:
                    await BeginAsync(context);
                    break;
                case ["projects", Project, "jobs", var id, "cancel"] when jobs.TryGetValue(id, out var job):
                    Cancelled.Enqueue(id);
                    await job.CancelAsync();
                    await context.Response.WriteAsJsonAsync(new { kind = "bigquery#jobCancelResponse" });
                    break;
                case ["projects", Project, "jobs", var id] when jobs.TryGetValue(id, out var job):
                    await context.Response.WriteAsJsonAsync(new { jobReference = Reference(id), status = new { state = await job.EndsWithinAsync(TimeSpan.Zero) ? "DONE" : "RUNNING" } });
                    break;
                case ["projects", Project, "queries", var id] when jobs.TryGetValue(id, out var job):
                    await ResultsAsync(context, id, job);
                    break;
                default:
                    await RefuseAsync(context, 404, "notFound", "Not found");
                    break;
            }
    }

    private static object Reference(string id) => new { projectId = Project, jobId = id, location = "EU" };

    private async Task BeginAsync(HttpContext context)
    {
        var body = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;
        var (configuration, query) = (body.GetProperty("configuration"), body.GetProperty("configuration").GetProperty("query"));
        var (id, sql) = (body.GetProperty("jobReference").GetProperty("jobId").GetString()!, query.GetProperty("query").GetString()!);
        var schema = query.TryGetProperty("defaultDataset", out var dataset) ? Database.SchemaOf(dataset.GetProperty("projectId").GetString(), dataset.GetProperty("datasetId").GetString()) : null;
        if (configuration.TryGetProperty("dryRun", out var dry) && dry.GetBoolean())
        {
            Tried.Enqueue(sql);
            await TryAsync(context, RunningStatement.Start(Database, $"SELECT * FROM ({Translated(sql)}) tried LIMIT 0", schema));
            return;
        }
        Statements.Enqueue(sql);
        jobs[id] = RunningStatement.Start(Database, Translated(sql), schema);
        await context.Response.WriteAsJsonAsync(new { kind = "bigquery#job", jobReference = Reference(id), configuration = new { jobType = "QUERY" }, status = new { state = "RUNNING" } });
    }

    /// <summary>A dry run's answer comes at once, its refusal too; there is no job afterwards.</summary>
    private static async Task TryAsync(HttpContext context, RunningStatement trial)
    {
        await trial.Ended;
        if (trial.Error is var (state, message)) await RefuseAsync(context, state, message);
        else await context.Response.WriteAsJsonAsync(new
        {
            kind = "bigquery#job",
            jobReference = new { projectId = Project, location = "EU" },
            configuration = new { jobType = "QUERY", dryRun = true },
            status = new { state = "DONE" },
            statistics = new { query = new { totalBytesProcessed = "0", statementType = "SELECT", schema = SchemaOf(trial.Result!) } },
        });
    }

    private static object SchemaOf(StandInResult result) => new
    {
        fields = result.Columns.Select(c => c.Type == "_int4" ? new { name = c.Name, type = "INTEGER", mode = "REPEATED" } : new { name = c.Name, type = TypeOf(c), mode = "NULLABLE" }),
    };

    private async Task ResultsAsync(HttpContext context, string id, RunningStatement job)
    {
        if (context.Request.Query["location"] != "EU") await RefuseAsync(context, 404, "notFound", "Not found: Job");
        else if (!await job.EndsWithinAsync(Patience)) await context.Response.WriteAsJsonAsync(new { jobReference = Reference(id), jobComplete = false });
        else if (job.Error is var (state, message))
            await RefuseAsync(context, state, message);
        else
        {
            var result = job.Result!;
            var from = int.Parse(context.Request.Query["pageToken"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
            await context.Response.WriteAsJsonAsync(new
            {
                jobReference = Reference(id),
                jobComplete = true,
                totalRows = $"{result.Rows.Count}",
                schema = SchemaOf(result),
                rows = result.Rows.Skip(from).Take(RowsPerPage).Select(row => new { f = row.Select((cell, i) => new { v = cell is null ? null : Encoded(cell, result.Columns[i]) }) }),
                pageToken = from + RowsPerPage < result.Rows.Count ? $"{from + RowsPerPage}" : null,
            });
        }
    }

    private string Translated(string sql) => InSchema().Replace(Definitions.OfMoments(Backticks.Translate(sql)).Replace("BIGNUMERIC", "numeric").Replace(" OPTIONS (expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 1 DAY))", "").Replace("DATETIME E'", "TIMESTAMP '").Replace("TIMESTAMP E'", "TIMESTAMP '"), match => match.Groups["project"].Value != Database.Name
        ? match.Value : $"(SELECT * FROM {StandInDatabase.Views}.{match.Groups["view"].Value} WHERE table_schema = '{match.Groups["dataset"].Value.Replace("\"\"", "\"").Replace("'", "''")}')");

    private static string TypeOf(StandInColumn column) => column.Type switch
    {
        "int2" or "int4" or "int8" => "INTEGER",
        "float4" or "float8" => "FLOAT",
        "bool" => "BOOLEAN",
        "numeric" => "NUMERIC",
        "date" => "DATE",
        "timestamp" => "DATETIME",
        "timestamptz" => "TIMESTAMP",
        "bytea" => "BYTES",
        _ => "STRING",
    };

    private static string Encoded(string text, StandInColumn column) => column.Type switch
    {
        "bool" => text == "t" ? "true" : "false",
        "bytea" => Convert.ToBase64String(Convert.FromHexString(text[2..])),
        "timestamp" => text.Replace(' ', 'T'),
        "timestamptz" => $"{(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}",
        _ => text,
    };

    private static Task RefuseAsync(HttpContext context, string state, string message) => RefuseAsync(
        context, state == "42501" ? 403 : 400, state switch { "42P01" or "3F000" or "0A000" => "notFound", "42501" => "accessDenied", "57014" => "stopped", _ => "invalidQuery" }, message);

    private static Task RefuseAsync(HttpContext context, int status, string reason, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { code = status, message, errors = new[] { new { message, domain = "global", reason } } } });
    }

    [GeneratedRegex("""
        "(?<project>[^"]*)"\."(?<dataset>(?:[^"]|"")*)"\.(?:INFORMATION_SCHEMA\.)?(?<view>[A-Z_]+)
        """)]
    private static partial Regex InSchema();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        key.Dispose();
    }
}
