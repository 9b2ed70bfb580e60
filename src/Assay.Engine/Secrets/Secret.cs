using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Engine.Secrets;

/// <summary>
/// A password, key or token in memory. It cannot be formatted or serialised: <see cref="ToString"/> answers a mask,
/// JSON writing answers the mask too, and only <see cref="Reveal"/> gives the text, at the one place that hands it to a driver.
/// </summary>
[DebuggerDisplay("***")]
[JsonConverter(typeof(MaskingConverter))]
public sealed class Secret
{
    /// <summary>What stands wherever a secret would be shown; on a write it means "keep what is stored".</summary>
    public const string Mask = "***";

    private readonly string text;

    public Secret(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        this.text = text;
    }

    /// <summary>The secret's text. Call it as late as possible and never store or log the answer.</summary>
    public string Reveal() => text;

    /// <summary>True where a client sent back a mask (any run of <c>*</c> or bullets) instead of a new value.</summary>
    public bool IsMask => text.Length > 0 && text.All(c => c is '*' or '•' or '●');

    public override string ToString() => Mask;

    private sealed class MaskingConverter : JsonConverter<Secret>
    {
        public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text ? new Secret(text) : null;

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Mask);
    }
}
