using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

/// <summary>A session at Snowflake.</summary>
internal sealed class SnowflakeSession : IWarehouseSession
{
    private const string InProgress = "333333";
    private const string InProgressAsync = "333334";

    private readonly SnowflakeAccess access;
    private readonly SnowflakeLine line;
    private readonly SnowflakeDialect dialect = new();
    private int statements;

    private SnowflakeSession(SnowflakeAccess access, SnowflakeLine line, SourceProduct product) => (this.access, this.line, Product) = (access, line, product);

    public SourceProduct Product { get; }

    public static async Task<SnowflakeSession> OpenAsync(SnowflakeAccess access, WarehouseHttp http, CancellationToken cancel)
    {
        var login = await SnowflakeLogin.SignInAsync(access, http, cancel);
        var product = new SourceProduct("Snowflake", login.TextAt("serverVersion") ?? "", "Assay", typeof(SnowflakeSession).Assembly.GetName().Version!.ToString(3));
        var session = new SnowflakeSession(access, new SnowflakeLine(access.Endpoint, http, login), product);
        // A warehouse that cannot be used does not keep anybody from signing in; every statement would fail later.
        if (login.At("sessionInfo").ValueKind is JsonValueKind.Object && login.TextAt("sessionInfo", "warehouseName") is null or "")
        {
            await session.DisposeAsync();
            throw SnowflakeFaults.NoWarehouse(access);
        }
        return session;
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();

    public IAsyncEnumerable<string?[]> QueryAsync(string sql, CancellationToken cancel) => QueryAsync(new WarehousePlace(), sql, cancel);

    public async IAsyncEnumerable<string?[]> QueryAsync(WarehousePlace place, string sql, [EnumeratorCancellation] CancellationToken cancel)
    {
        await UseAsync(place, cancel);
        var result = await RunAsync(sql, cancel);
        await foreach (var row in RowsAsync(result, cancel)) yield return row;
    }

    public async Task<IReadOnlyList<FieldStructure>> DescribeAsync(WarehousePlace place, string select, CancellationToken cancel)
    {
        await UseAsync(place, cancel);
        return (await RunAsync($"{select} LIMIT 0", cancel)).Fields;
    }

    private async Task UseAsync(WarehousePlace place, CancellationToken cancel)
    {
        if (place is { Catalog: { } database, Schema: { } schema }) await RunAsync($"USE SCHEMA {dialect.Quote(database)}.{dialect.Quote(schema)}", cancel);
    }

    public IAsyncEnumerable<string?[]> RowsAsync(SnowflakeResult result, CancellationToken cancel) => result.RowsAsync(line.Http, cancel);

    public Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel) => SnowflakeListing.DatabasesAsync(this, cancel);

    public Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel) => SnowflakeListing.SchemasAsync(this, catalog, cancel);

    public IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, CancellationToken cancel) =>
        SnowflakeListing.ContainersAsync(this, place, list, cancel);

    public IAsyncEnumerable<ContainerStructure> ContainersAsync(string catalog, IReadOnlyList<string> schemas, ListOptions list, CancellationToken cancel) =>
        SnowflakeListing.ContainersAsync(this, catalog, schemas, list, cancel);

    /// <summary>Runs a statement until its first rows are there; stopped at Snowflake when cancelled before.</summary>
    public async Task<SnowflakeResult> RunAsync(string sql, CancellationToken cancel)
    {
        var request = Guid.NewGuid();
        using var limit = new CancellationTokenSource(access.StatementTimeout ?? Timeout.InfiniteTimeSpan, line.Http.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var answer = await line.SendAsync(SnowflakeLine.NewRequest("/queries/v1/query-request", request), new
            {
                sqlText = sql,
                asyncExec = false,
                sequenceId = Interlocked.Increment(ref statements),
                querySubmissionTime = line.Http.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            }, both.Token);
            // Snowflake holds an answer back for some 45 s; then it says where to ask again.
            while (answer.TextAt("code") is InProgress or InProgressAsync)
                answer = await line.SendAsync(answer.TextAt("data", "getResultUrl") ?? throw new FormatException("No address of the result."), null, both.Token);
            if (answer.At("success").ValueKind is not JsonValueKind.True) throw SnowflakeFaults.OfStatement(answer, access);
            return new SnowflakeResult(answer.At("data"));
        }
        catch (OperationCanceledException)
        {
            await AbortAsync(request, sql);
            throw;
        }
    }

    private async Task AbortAsync(Guid request, string sql)
    {
        // The statement's own time limit ends it.
        await PartingRequest.TryAsync(line.Http.Time, limit => line.SendAsync(SnowflakeLine.NewRequest("/queries/v1/abort-request"), new { sqlText = sql, requestId = request.ToString("d") }, limit));
    }
}
