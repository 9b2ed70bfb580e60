using Microsoft.Extensions.Primitives;

namespace Assay.Server.Logging;

/// <summary>The id that ties an answer to its log lines: the caller's own where it is harmless, a new one otherwise.</summary>
internal static class RequestId
{
    public const string Header = "X-Request-Id";
    private const int Longest = 128;

    public static string For(StringValues sent) => sent is [{ Length: > 0 and <= Longest } id] && id.All(IsHarmless)
        ? id : Guid.CreateVersion7().ToString("N");

    // Nothing that could end a line, a JSON string, or a shell word.
    private static bool IsHarmless(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or '+' or '=';
}
