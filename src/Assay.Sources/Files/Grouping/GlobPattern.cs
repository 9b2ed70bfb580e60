using System.Text;

namespace Assay.Sources.Files.Grouping;

/// <summary>
/// The globs of containers: <c>*</c> stands for any run of characters but the slash, a backslash takes the next character
/// literally, and nothing else is special, so that names with brackets or braces stay as they are.
/// </summary>
internal sealed class GlobPattern
{
    /// <summary>The literal pieces between the stars; one piece means a pattern without a star.</summary>
    private readonly IReadOnlyList<string> pieces;

    public GlobPattern(string text)
    {
        Text = text;
        pieces = Split(text);
    }

    public string Text { get; }
    public string Head => pieces[0];
    public string Tail => pieces[^1];
    public bool IsLiteral => pieces.Count == 1;

    /// <summary>Writes a name so that it matches only itself.</summary>
    public static string Escape(string name) =>
        name.AsSpan().IndexOfAny('*', '\\') < 0 ? name : name.Replace(@"\", @"\\").Replace("*", @"\*");

    public bool Matches(string name)
    {
        if (IsLiteral) return name == Head;
        if (name.Length < Head.Length + Tail.Length) return false;
        if (!name.StartsWith(Head, StringComparison.Ordinal) || !name.EndsWith(Tail, StringComparison.Ordinal)) return false;
        // Head and tail are anchored; the pieces between are found greedily from the left, which is enough for stars.
        var end = name.Length - Tail.Length;
        var at = Head.Length;
        foreach (var piece in pieces.Skip(1).SkipLast(1))
        {
            var found = name.IndexOf(piece, at, end - at, StringComparison.Ordinal);
            if (found < 0 || HasSlash(name, at, found)) return false;
            at = found + piece.Length;
        }
        return !HasSlash(name, at, end);
    }

    private static bool HasSlash(string name, int from, int to) => name.AsSpan(from, to - from).Contains('/');

    private static List<string> Split(string text)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '*')
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            else
            {
                if (text[i] == '\\' && i + 1 < text.Length) i++;
                piece.Append(text[i]);
            }
        }
        pieces.Add(piece.ToString());
        return pieces;
    }
}
