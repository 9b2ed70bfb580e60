using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Assay.Engine;

/// <summary>Values of placeholders as the engine parses them: the text of one field of a tab-separated file.</summary>
internal static class ParameterText
{
    internal static string Of(object? value) => value switch
    {
        null => "\\N",
        string text => Escape(text),
        IEnumerable items => Items(items),
        _ => Plain(value),
    };

    private static string Items(IEnumerable items) => "[" + string.Join(",", items.Cast<object?>().Select(Item)) + "]";

    private static string Item(object? value) => value switch
    {
        null => "NULL",
        string text => Quote(text),
        IEnumerable items => Items(items),
        Guid or DateOnly or DateTime or DateTimeOffset => Quote(Plain(value)),
        _ => Plain(value),
    };

    private static string Plain(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Unspecified } =>
            throw new ArgumentException("A time for the engine needs a kind: UTC or local."),
        DateTime time => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        double.PositiveInfinity or float.PositiveInfinity => "inf",
        double.NegativeInfinity or float.NegativeInfinity => "-inf",
        double or float => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture).Replace("NaN", "nan"),
        byte or sbyte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or BigInteger or decimal or EngineDecimal =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        _ => throw new ArgumentException($"A placeholder cannot take a {value.GetType().Name}."),
    };

    private static string Quote(string text) => $"'{Escape(text).Replace("'", "\\'")}'";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            escaped.Append(character switch
            {
                '\\' => "\\\\",
                '\t' => "\\t",
                '\n' => "\\n",
                '\r' => "\\r",
                '\0' => "\\0",
                '\b' => "\\b",
                '\f' => "\\f",
                _ => null,
            });
            if (character is not ('\\' or '\t' or '\n' or '\r' or '\0' or '\b' or '\f'))
                escaped.Append(character);
        }

        return escaped.ToString();
    }
}
