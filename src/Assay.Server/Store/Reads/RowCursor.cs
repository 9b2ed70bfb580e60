using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Server.Store.Reads;

/// <summary>Reads a row's columns one after another, as the stores hold them.</summary>
/// <param name="first">The first column to read, from 0.</param>
internal ref struct RowCursor(DbDataReader row, int first = 0)
{
    private static readonly JsonSerializerOptions StoredJson = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new MicrosecondJson() },
    };

    private int column = first;

    public long Number() => row.GetInt64(column++);
    public string Text() => row.GetString(column++);
    public bool Flag() => row.GetBoolean(column++);
    public DateTime Time() => Microseconds.ToTime(row.GetInt64(column++));

    public long? NumberOrNull() => row.IsDBNull(column++) ? null : row.GetInt64(column - 1);
    public string? TextOrNull() => row.IsDBNull(column++) ? null : row.GetString(column - 1);
    public DateTime? TimeOrNull() => row.IsDBNull(column++) ? null : Microseconds.ToTime(row.GetInt64(column - 1));

    /// <summary>A JSON array that the statement aggregated; null is the empty list.</summary>
    public IReadOnlyList<T> List<T>() => TextOrNull() is not { } json || json == "[]" ? [] : JsonSerializer.Deserialize<List<T>>(json, StoredJson)!;

    /// <summary>JSON as it is stored.</summary>
    public JsonElement? Json() => TextOrNull() is { } json ? JsonElement.Parse(json) : null;

    /// <summary>An object kept as JSON in the form that the API shows.</summary>
    public T? Value<T>() where T : class => TextOrNull() is { } json ? JsonSerializer.Deserialize<T>(json, Web.Json.Options) : null;

    /// <summary>True where the next column is null, which is then passed over together with the ones that belong to it.</summary>
    public bool SkipNull(int columns)
    {
        if (!row.IsDBNull(column)) return false;
        column += columns;
        return true;
    }

    private sealed class MicrosecondJson : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Microseconds.ToTime(reader.GetInt64());
        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteNumberValue(Microseconds.From(value));
    }
}
