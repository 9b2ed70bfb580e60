using System.Text;
using System.Text.RegularExpressions;
using Assay.EngineHost.Native;
using Assay.EngineHost.Statements;
using Microsoft.Extensions.Primitives;

namespace Assay.EngineHost.Http;

/// <summary>A request of ClickHouse's HTTP interface, taken apart.</summary>
internal sealed partial record QueryRequest(string Id, string QueryText, string? Database, string DefaultFormat,
    IReadOnlyList<QueryParameter> Parameters, IReadOnlyDictionary<string, string> Settings, bool ReadOnly)
{
    private const string ParameterPrefix = "param_";

    // Of the interface's own parameters these mean nothing here: nothing is compressed on a local socket, every result
    // is streamed, and there are no quotas.
    private static readonly HashSet<string> Ignored =
        ["compress", "decompress", "enable_http_compression", "buffer_size", "wait_end_of_query", "quota_key", "client_protocol_version", "stacktrace"];

    // These would be silently wrong if they were ignored.
    private static readonly HashSet<string> Unsupported =
        ["session_id", "session_timeout", "session_check", "role", "user", "password", "log_comment"];

    /// <summary>The request, or why the host does not take it.</summary>
    internal static async Task<(QueryRequest? Request, Refusal? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var values = new List<KeyValuePair<string, StringValues>>(request.Query);
        if (request.HasFormContentType && request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            var form = await request.ReadFormAsync(cancellation);
            if (form.Files.Count > 0)
                return (null, new(48, "NOT_IMPLEMENTED", "External tables are not supported by the engine host"));
            values.AddRange(form);
        }

        var settings = new Dictionary<string, string>();
        var parameters = new List<QueryParameter>();
        var own = new Dictionary<string, string>();
        foreach (var (name, value) in values)
        {
            if (name.StartsWith(ParameterPrefix, StringComparison.Ordinal))
                parameters.Add(new(Encoding.UTF8.GetBytes(name[ParameterPrefix.Length..]), Encoding.UTF8.GetBytes(value.ToString())));
            else if (Unsupported.Contains(name))
                return (null, new(48, "NOT_IMPLEMENTED", $"The parameter {name} is not supported by the engine host"));
            else if (name is "query" or "query_id" or "database" or "default_format")
                own[name] = value.ToString();
            else if (!Name().IsMatch(name))
                return (null, new(115, "UNKNOWN_SETTING", "Unknown setting: its name is not an identifier"));
            else if (!Ignored.Contains(name))
                settings[name] = value.ToString();
        }

        var format = own.GetValueOrDefault("default_format") ?? request.Headers["X-ClickHouse-Format"].FirstOrDefault() ?? "TabSeparated";
        if (!Name().IsMatch(format))
            return (null, new(73, "UNKNOWN_FORMAT", "Unknown format: its name is not an identifier"));
        return (new(
            own.GetValueOrDefault("query_id") is { Length: > 0 } id ? id : Guid.NewGuid().ToString(),
            own.GetValueOrDefault("query") ?? "",
            own.GetValueOrDefault("database") ?? request.Headers["X-ClickHouse-Database"].FirstOrDefault(),
            format,
            parameters,
            settings,
            HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)), null);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Name();
}
