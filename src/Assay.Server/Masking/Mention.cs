namespace Assay.Server.Masking;

/// <summary>Finds names in texts whose language does not matter.</summary>
internal static class Mention
{
    /// <summary>Whether a name stands in a text as a word of its own, in whatever case.</summary>
    public static bool Of(string text, string name)
    {
        if (name.Length == 0) return false;
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
            if (!(at > 0 && IsWord(text[at - 1]) && IsWord(name[0])) && !(at + name.Length < text.Length && IsWord(text[at + name.Length]) && IsWord(name[^1]))) return true;
        return false;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
