using System.Text;

namespace Assay.Engine.Http;

/// <summary>Builds requests of ClickHouse's HTTP interface.</summary>
internal static class EngineRequest
{
    /// <summary>The statement in the body, and its values with it: addresses end up in logs, bodies do not.</summary>
    internal static HttpRequestMessage ForStatement(EngineQuery query, IEnumerable<KeyValuePair<string, string>> settings, string? format) =>
        new(HttpMethod.Post, Address(query, settings, format is null ? [] : [new("default_format", format)])) { Content = Statement(query) };

    /// <summary>The statement in the address, data in the body.</summary>
    internal static HttpRequestMessage ForInsert(EngineQuery query, IEnumerable<KeyValuePair<string, string>> settings, HttpContent data)
    {
        if (query.Secrets.Count > 0)
            throw new ArgumentException("An INSERT with data has its values in the address, where secrets must not be.", nameof(query));
        var values = query.Parameters.Select(value => new KeyValuePair<string, string>("param_" + value.Key, value.Value)).Prepend(new("query", query.Sql));
        return new(HttpMethod.Post, Address(query, settings, values)) { Content = data, Headers = { TransferEncodingChunked = true } };
    }

    private static HttpContent Statement(EngineQuery query)
    {
        if (query.Parameters.IsEmpty)
            return new StringContent(query.Sql, Encoding.UTF8, "text/plain");
        var form = new MultipartFormDataContent { { new StringContent(query.Sql), "query" } };
        foreach (var (name, value) in query.Parameters)
            form.Add(new StringContent(value), "param_" + name);
        return form;
    }

    private static Uri Address(EngineQuery query, IEnumerable<KeyValuePair<string, string>> settings, IEnumerable<KeyValuePair<string, string>> values)
    {
        var all = values.Prepend(new("query_id", query.Id)).Concat(settings);
        if (query.Database is not null)
            all = all.Prepend(new("database", query.Database));
        return new Uri("?" + string.Join('&', all.Select(value => $"{Uri.EscapeDataString(value.Key)}={Uri.EscapeDataString(value.Value)}")), UriKind.Relative);
    }
}
