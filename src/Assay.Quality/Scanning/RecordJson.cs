using System.Text.Json;
using Assay.Engine;

namespace Assay.Quality.Scanning;

/// <summary>Rows as JSON objects of the container's fields.</summary>
internal static class RecordJson
{
    /// <summary>An expression that writes members as an object.</summary>
    public static string Write(IEnumerable<(string Name, string Sql)> members)
    {
        var parts = members.Select((m, i) => $"{EngineLiteral.Quote((i == 0 ? "" : ",") + JsonSerializer.Serialize(m.Name) + ":")}, ifNull(toJSONString({m.Sql}), 'null')").ToList();
        return parts.Count == 0 ? "'{}'" : $"concat('{{', {string.Join(", ", parts)}, '}}')";
    }

    public static string Write(DescribedRelation rows) => Write(rows.Relation.Fields.Where(f => rows.Has(f.Name)).Select(f => (f.Name, rows.Value(f.Name).Sql)));

    /// <summary>Reads a record; members as text, NULL as null.</summary>
    public static Func<string, string?> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var members = document.RootElement.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(
            p => p.Name, p => p.Value.ValueKind switch { JsonValueKind.Null => null, JsonValueKind.String => p.Value.GetString(), _ => p.Value.GetRawText() }, StringComparer.Ordinal);
        return name => members.GetValueOrDefault(name);
    }
}
