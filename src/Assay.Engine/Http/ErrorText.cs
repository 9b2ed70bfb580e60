using System.Text.RegularExpressions;

namespace Assay.Engine.Http;

/// <summary>Turns the engine's error texts into exceptions.</summary>
internal static partial class ErrorText
{
    private const string Hidden = "[HIDDEN]";

    // Shorter values are in ordinary words; hiding them would spoil the message and protect nothing.
    private const int ShortestSecret = 4;

    internal static EngineException ToException(string text, EngineQuery query)
    {
        var start = Start().Match(text);
        var code = start.Success ? int.Parse(start.Groups[1].ValueSpan) : (int?)null;
        var fault = code is { } number ? FaultCodes.Of(number, text) : EngineFault.Other;
        return new EngineException(fault, Clean(text, query), code);
    }

    /// <summary>Without the parts that only repeat the kind of error or the server's version, and without secrets.</summary>
    private static string Clean(string text, EngineQuery query)
    {
        var clean = Noise().Replace(text.Trim(), "").Trim();
        foreach (var secret in query.Secrets.Where(secret => secret.Length >= ShortestSecret))
        {
            // As it is, and as the engine writes it in a literal.
            clean = clean.Replace(secret, Hidden).Replace(EngineLiteral.Escape(secret).Replace("'", "\\'"), Hidden);
        }

        return clean.Length > 0 ? clean : "The engine gave no reason.";
    }

    [GeneratedRegex(@"^\s*Code: (\d+)[.,]")]
    private static partial Regex Start();

    [GeneratedRegex(@"Code: \d+\. [\w:]+Exception: |Code: \d+, e\.displayText\(\) = DB::Exception: |, e\.what\(\) = DB::Exception| \(version [^)]*(\([^)]*\))?\)")]
    private static partial Regex Noise();
}
