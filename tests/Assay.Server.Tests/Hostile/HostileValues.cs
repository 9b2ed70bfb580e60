using System.Text.Json.Nodes;

namespace Assay.Server.Tests.Hostile;

/// <summary>What no careful client sends.</summary>
internal static class HostileValues
{
    public static readonly string[] Texts =
    [
        "", "\0", "a\0b", "😀👩‍👩‍👧", "\u202Etxt.exe\uFFFF", "\r\nX-Injected: 1", new('x', 256), new('é', 20_000),
        "'; DROP TABLE users; --", "\" OR \"\"=\"", "{{ schema }}{{7*7}}", "%s%n%00", "../../../etc/passwd", "-1", "9223372036854775808", "1e400",
    ];

    /// <summary>JSON of the wrong kind, as it stands in the body; some of it no serializer would write.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "-1", "1.5", "9223372036854775807", "1e999", "[]", "{}", "[null]", "[[]]", "[\"\\u0000\"]", "[-1]", "[{\"id\":-1}]",
        "\"\\ud800\"", "{\"\\ud800\":\"\\ud800\"}", "{\"name\":\"\\u0000\"}", new string('[', 40) + new string(']', 40),
    ];

    /// <summary>Whole bodies that are broken or are not what the route takes.</summary>
    public static readonly string[] Bodies =
    [
        "", " ", "{", "[", "nonsense", "\"text\"", "null", "5", "[]", "{}", "[{}]", "[null]", "{\"a\":}", "{} {}", "{\"name\":\"a\",\"name\":1}",
        new string('[', 5_000), "{\"\\ud800\":1}", "\ufeff{}",
    ];

    /// <summary>The texts as JSON.</summary>
    public static IEnumerable<string> Members => Texts.Select(text => JsonValue.Create(text).ToJsonString()).Concat(Json);
}
