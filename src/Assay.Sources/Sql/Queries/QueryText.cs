using System.Text;
using Assay.Sources.Contract;

namespace Assay.Sources.Sql.Queries;

/// <summary>What decides in a dialect where a comment or a quoted name ends.</summary>
/// <param name="HashComments"># begins a comment.</param>
/// <param name="Brackets">Names may stand in square brackets.</param>
internal sealed record QueryLexis(bool HashComments = false, bool Brackets = false)
{
    public static readonly QueryLexis Standard = new();
}

/// <summary>
/// A user's own query, cut down to what cannot be but one SELECT inside of another: no second statement, no parenthesis that closes the
/// one around it. Comments are left out, and what dialects read in different ways (a backslash before a quote, prefixed texts, texts in
/// dollars) is refused, so that the database cannot see an end where this does not.
/// </summary>
internal sealed class QueryText
{
    private const string Step = "read query";

    private readonly string text;
    private readonly QueryLexis lexis;
    private readonly StringBuilder kept = new();
    private int at, depth;

    private QueryText(string text, QueryLexis lexis) => (this.text, this.lexis) = (text, lexis);

    /// <summary>The query as something to select from, in parentheses.</summary>
    /// <exception cref="SourceException">It is not one SELECT.</exception>
    public static string Relation(string query, QueryLexis lexis) => $"(\n{new QueryText(query, lexis).Read()}\n)";

    internal static SourceException Refused(string message) => new(new SourceFault(SourceFaultCode.InvalidSettings, Step, message));

    private string Read()
    {
        while (at < text.Length) Take();
        if (depth > 0) throw Refused("A parenthesis is not closed.");
        var query = kept.ToString().Trim();
        var word = new string([.. query.SkipWhile(c => c is '(' or ' ' or '\n' or '\r' or '\t').TakeWhile(char.IsAsciiLetter)]);
        return word.ToUpperInvariant() is "SELECT" or "WITH" ? query : throw Refused("Only a SELECT can be read.");
    }

    private void Take()
    {
        var c = text[at];
        if (c is '\'' or '"' or '`') Quoted(c);
        else if (c == '[' && lexis.Brackets) Quoted(']');
        else if (Stands("--") || c == '#' && lexis.HashComments) Comment();
        else if (Stands("/*")) Block();
        else if (c == ';') End();
        else if (c == '\0' || Stands("$$") || Stands("//")) throw Refused($"'{(c == '\0' ? "\\0" : text.Substring(at, 2))}' cannot stand in a query.");
        else
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0) throw Refused("A parenthesis is closed that was not opened.");
            kept.Append(c);
            at++;
        }
    }

    private bool Stands(string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private void Quoted(char quote)
    {
        var start = at;
        if (start > 0 && char.IsAsciiLetter(text[start - 1]) && quote != ']' && !"nNxX".Contains(text[start - 1], StringComparison.Ordinal))
            throw Refused($"A text cannot have '{text[start - 1]}' in front of it.");
        if (quote != ']' && start + 2 < text.Length && text[start + 1] == quote && text[start + 2] == quote) throw Refused("Texts in triple quotes cannot be used.");
        for (at++; ; at++)
        {
            if (at >= text.Length) throw Refused("A quoted text is not closed.");
            if (text[at] != quote) continue;
            if (Backslashes() % 2 == 1) throw Refused("A quote in a text is doubled; it cannot have a backslash in front of it.");
            if (at + 1 < text.Length && text[at + 1] == quote) at++;
            else break;
        }
        kept.Append(text, start, ++at - start);
    }

    private int Backslashes()
    {
        var count = 0;
        while (text[at - 1 - count] == '\\') count++;
        return count;
    }

    private void Comment()
    {
        while (at < text.Length && text[at] is not ('\n' or '\r')) at++;
        kept.Append(' ');
    }

    private void Block()
    {
        var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        if (end < 0) throw Refused("A comment is not closed.");
        if (text.IndexOf("/*", at + 2, end - at - 2, StringComparison.Ordinal) >= 0) throw Refused("A comment cannot stand in another.");
        at = end + 2;
        kept.Append(' ');
    }

    /// <summary>A semicolon may end the query; nothing but comments may come after it.</summary>
    private void End()
    {
        var before = kept.Length;
        for (at++; at < text.Length && (char.IsWhiteSpace(text[at]) || Stands("--") || Stands("/*"));)
        {
            if (Stands("--")) Comment();
            else if (Stands("/*")) Block();
            else at++;
        }
        if (at < text.Length) throw Refused("Only one statement can be read.");
        kept.Length = before;
    }
}
