using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Trino;

/// <summary>Statements one by one: the protocol has no sessions, each request signs in anew.</summary>
internal sealed class TrinoSession : IWarehouseSession
{

    private readonly TrinoFlavor flavor;
    private readonly TrinoAccess access;
    private readonly WarehouseHttp http;
    private readonly TrinoDialect sql = new();

    private TrinoSession(TrinoFlavor flavor, TrinoAccess access, WarehouseHttp http, string version) =>
        (this.flavor, this.access, this.http, Product) = (flavor, access, http, new SourceProduct(flavor.DisplayName, version, "Assay", typeof(TrinoSession).Assembly.GetName().Version!.ToString(3)));

    public SourceProduct Product { get; }

    public static async Task<TrinoSession> OpenAsync(TrinoFlavor flavor, TrinoAccess access, WarehouseHttp http, CancellationToken cancel)
    {
        var info = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(access.Endpoint, "/v1/info")), cancel);
        var session = new TrinoSession(flavor, access, http, info.Body.TextAt("nodeVersion", "version") ?? "");
        // What the server tells everybody says nothing of the sign-in.
        await foreach (var _ in session.QueryAsync(new WarehousePlace(), "SELECT 1", cancel)) { }
        return session;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public IAsyncEnumerable<string?[]> QueryAsync(WarehousePlace place, string sql, CancellationToken cancel) => QueryAsync(place, sql, cancel, null);

    public async Task<IReadOnlyList<FieldStructure>> DescribeAsync(WarehousePlace place, string select, CancellationToken cancel)
    {
        IReadOnlyList<FieldStructure> fields = [];
        await foreach (var _ in QueryAsync(place, $"{select} LIMIT 0", cancel, columns => fields = columns)) { }
        return fields;
    }

    private async IAsyncEnumerable<string?[]> QueryAsync(
        WarehousePlace place, string sql, [EnumeratorCancellation] CancellationToken cancel, Action<IReadOnlyList<FieldStructure>>? columns)
    {
        using var limit = new CancellationTokenSource(access.StatementTimeout ?? Timeout.InfiniteTimeSpan, http.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var answer = await SendAsync(HttpMethod.Post, new Uri(access.Endpoint, "/v1/statement"), sql, both.Token, place);
        var (next, complete) = (Next(answer), false);
        try
        {
            while (true)
            {
                if (answer.At("error") is { ValueKind: JsonValueKind.Object } error)
                {
                    complete = true;
                    throw TrinoFaults.OfStatement(error, access);
                }
                if (columns is not null && answer.At("columns") is { ValueKind: JsonValueKind.Array })
                    columns([.. answer.ItemsAt("columns").Select((c, i) => WarehouseTypes.Field(c.TextAt("name") ?? "", i + 1, c.TextAt("type") ?? "", null, null))]);
                if (answer.At("data") is { ValueKind: JsonValueKind.Array } rows)
                {
                    // The limit is for the wait until the first rows.
                    limit.CancelAfter(Timeout.InfiniteTimeSpan);
                    var types = answer.ItemsAt("columns").Select(c => c.TextAt("type") ?? "").ToArray();
                    foreach (var row in rows.EnumerateArray()) yield return Plain(row, types);
                }
                if (next is null) break;
                answer = await SendAsync(HttpMethod.Get, next, null, both.Token);
                next = Next(answer);
            }
            complete = true;
        }
        finally
        {
            if (!complete && next is not null) await CancelAsync(next);
        }
    }

    public Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel) =>
        InformationSchema.NamesAsync(this, "SHOW CATALOGS", name => name == "system", cancel);

    public Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel) => string.IsNullOrEmpty(catalog)
        ? throw new WarehouseRefusal(SourceFaultCode.InvalidSettings, "Name the catalog whose schemas are meant.")
        : InformationSchema.NamesAsync(this, $"SELECT schema_name FROM {sql.Quote(catalog)}.information_schema.schemata", name => name == "information_schema", cancel);

    public IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, CancellationToken cancel) =>
        Schema(place.Catalog!, $"= {sql.Text(place.Schema!)}", lead: "").ListAsync(this, list, cancel);

    public IAsyncEnumerable<ContainerStructure> ContainersAsync(string catalog, IReadOnlyList<string> schemas, ListOptions list, CancellationToken cancel) =>
        Schema(catalog, $"IN ({string.Join(", ", schemas.Select(sql.Text))})", lead: "table_schema, ").ListAsync(this, list, cancel);

    private InformationSchema Schema(string catalog, string which, string lead) => new(
        $"SELECT {lead}table_name, table_type, NULL, NULL FROM {sql.Quote(catalog)}.information_schema.tables WHERE table_schema {which}",
        $"SELECT {lead}table_name, column_name, data_type, is_nullable, NULL FROM {sql.Quote(catalog)}.information_schema.columns WHERE table_schema {which} ORDER BY {lead}table_name, ordinal_position",
        Together: lead.Length > 0);

    private static string?[] Plain(JsonElement row, string[] types)
    {
        var cells = new string?[row.GetArrayLength()];
        for (var i = 0; i < cells.Length; i++)
        {
            var text = row[i].Text();
            cells[i] = text is not null && i < types.Length && types[i] == "varbinary" ? Convert.ToHexString(Convert.FromBase64String(text)) : text;
        }
        return cells;
    }

    /// <summary>Where to go on. The server's own name may not be known here, or be another than the one that was checked: only path and query count.</summary>
    private Uri? Next(JsonElement answer) => answer.TextAt("nextUri") is { } next ? new Uri(access.Endpoint, new Uri(next).PathAndQuery) : null;

    private async Task<JsonElement> SendAsync(HttpMethod method, Uri address, string? statement, CancellationToken cancel, WarehousePlace? place = null)
    {
        var answer = await http.SendAsync(() => Message(method, address, statement, place), cancel);
        return answer.Succeeded ? answer.Body : throw TrinoFaults.OfStatus(answer, flavor, access);
    }

    private HttpRequestMessage Message(HttpMethod method, Uri address, string? statement, WarehousePlace? place = null)
    {
        var message = new HttpRequestMessage(method, address);
        message.Headers.Add($"{flavor.Headers}User", access.User);
        message.Headers.Add($"{flavor.Headers}Source", "assay");
        if (access.AsToken) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.Password.Reveal());
        else if (access.Password.Reveal() is { Length: > 0 } password)
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{access.User}:{password}")));
        if (statement is null) return message;
        if (place?.Catalog is { } catalog) message.Headers.TryAddWithoutValidation($"{flavor.Headers}Catalog", catalog);
        if (place is { Catalog: not null, Schema: { } schema }) message.Headers.TryAddWithoutValidation($"{flavor.Headers}Schema", schema);
        message.Content = new StringContent(statement, Encoding.UTF8, "text/plain");
        message.Headers.Add($"{flavor.Headers}Time-Zone", "UTC");
        // Without it times would be cut to milliseconds.
        message.Headers.Add($"{flavor.Headers}Client-Capabilities", "PARAMETRIC_DATETIME");
        if (access.StatementTimeout is { } timeout)
            message.Headers.Add($"{flavor.Headers}Session", $"query_max_execution_time={(long)Math.Ceiling(timeout.TotalSeconds)}s");
        return message;
    }

    private async Task CancelAsync(Uri next)
    {
        // A statement whose results nobody fetches is abandoned by the server.
        await PartingRequest.TryAsync(http.Time, limit => http.SendAsync(() => Message(HttpMethod.Delete, next, null), limit));
    }
}
