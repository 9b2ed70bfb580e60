using System.Globalization;
using System.Text.Json.Nodes;

namespace Assay.Sources.Writing;

/// <summary>Values as text that both the engine and PostgreSQL read back as what they were.</summary>
internal static class CellText
{
    public const string Time = "yyyy-MM-dd HH:mm:ss.ffffff", Day = "yyyy-MM-dd";

    /// <exception cref="ArgumentException">There is no text for such a value.</exception>
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Utc } time => time.ToString(Time, CultureInfo.InvariantCulture),
        DateOnly day => day.ToString(Day, CultureInfo.InvariantCulture),
        double number when !double.IsFinite(number) => double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        JsonNode json => json.ToJsonString(),
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal or Int128 or System.Numerics.BigInteger or Engine.EngineDecimal or Guid =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be written to a table."),
    };

    /// <summary>The character that no text of PostgreSQL may hold becomes the one for what cannot be shown.</summary>
    public static string? WithoutZeroBytes(string? text) => text is not null && text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;
}
