namespace Assay.Engine;

/// <summary>
/// The one place where text becomes a literal of a statement, for the places that take no placeholder. It is visible in
/// the engine's process list; a secret belongs in <see cref="EngineQuery.WithSecret"/>.
/// </summary>
public static class EngineLiteral
{
    /// <summary>The text in single quotes.</summary>
    public static string Quote(string text) => $"'{Escape(text).Replace("'", "\\'")}'";

    internal static string Escape(string text) => text.Replace("\\", "\\\\").Replace("\0", "\\0");
}
