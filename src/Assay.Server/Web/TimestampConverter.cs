using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Server.Web;

/// <summary>Timestamps are UTC, ISO 8601, six fractional digits and Z: <c>2026-03-31T14:30:00.000000Z</c>.</summary>
internal sealed class TimestampConverter : JsonConverter<DateTime>
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTime().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[Format.Length];
        value.TryFormat(text, out var written, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }
}
