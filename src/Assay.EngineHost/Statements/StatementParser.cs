using System.Text;

namespace Assay.EngineHost.Statements;

/// <summary>Finds out how a statement has to be run and where its clauses are.</summary>
internal static class StatementParser
{
    private static readonly HashSet<string> GiveRows =
        ["SELECT", "WITH", "FROM", "SHOW", "DESCRIBE", "DESC", "EXISTS", "EXPLAIN", "CHECK", "KILL", "("];

    private const int SyntaxError = 62;
    private const int NotImplemented = 48;

    /// <param name="text">The statement, and for an INSERT perhaps the start of its data.</param>
    internal static Statement Parse(ReadOnlySpan<byte> text)
    {
        var lexer = new SqlLexer(text);
        var first = lexer.Next();
        var verb = first.Kind is TokenKind.End or TokenKind.Unfinished ? "" : Upper(text, first);
        return verb switch
        {
            "INSERT" => InsertParser.Parse(text, ref lexer),
            // A real server forgets these with the request, as there are no sessions; a pooled connection would not.
            "SET" or "USE" => Statement.Refused(verb, NotImplemented, "NOT_IMPLEMENTED",
                $"{verb} has no effect without a session: pass settings and the database as parameters of the request"),
            _ => ParseWhole(text, verb),
        };
    }

    internal static string Upper(ReadOnlySpan<byte> text, Token token) =>
        Encoding.ASCII.GetString(text[token.Start..token.End]).ToUpperInvariant();

    private static Statement ParseWhole(ReadOnlySpan<byte> text, string verb)
    {
        var clauses = new Clauses();
        var lexer = new SqlLexer(text);
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            if (token.Kind == TokenKind.Unfinished)
                break;
            if (clauses.End >= 0)
                return Statement.Refused(verb, SyntaxError, "SYNTAX_ERROR", "Syntax error (Multi-statements are not allowed)");
            clauses.Take(text, token);
        }

        if (clauses.IntoOutfile)
            return Statement.Refused(verb, NotImplemented, "NOT_IMPLEMENTED", "INTO OUTFILE is not allowed");
        if (verb == "CREATE" && clauses.Temporary)
            return Statement.Refused(verb, NotImplemented, "NOT_IMPLEMENTED", "Temporary tables need a session, and the engine host has none");
        var end = clauses.End >= 0 ? clauses.End : text.Length;
        if (!GiveRows.Contains(verb))
            return new(StatementKind.Plain, verb, clauses.Format, End: end);
        if (clauses.Format is not null)
            return new(StatementKind.Rows, verb, clauses.Format, clauses.FormatStart, clauses.FormatEnd, end);
        // Only a SELECT takes its settings before the output clauses.
        var cut = clauses.SettingsStart >= 0 && verb is not ("SELECT" or "WITH" or "FROM" or "(") ? clauses.SettingsStart : end;
        return new(StatementKind.Rows, verb, null, cut, cut, end);
    }

    /// <summary>What a walk over the top-level tokens of a statement has found.</summary>
    private struct Clauses()
    {
        private const string FormatName = "(the name of a format)";
        private string _previous = "";
        private int _previousStart;

        internal int End { get; private set; } = -1;
        internal string? Format { get; private set; }
        internal int FormatStart { get; private set; }
        internal int FormatEnd { get; private set; }
        internal int SettingsStart { get; private set; } = -1;
        internal bool IntoOutfile { get; private set; }
        internal bool Temporary { get; private set; }

        internal void Take(ReadOnlySpan<byte> text, Token token)
        {
            if (token.Depth > 0)
            {
                _previous = "";
                return;
            }

            var word = token.Kind == TokenKind.Quoted ? "" : Upper(text, token);
            // A FORMAT clause is the last one, or is followed by SETTINGS; anything else called "format" is a name.
            if (_previous == FormatName && word is not ("SETTINGS" or ";"))
                Format = null;
            // "Settings" is also a column of the process list.
            if (_previous == "SETTINGS" && token.Kind != TokenKind.Word)
                SettingsStart = -1;
            if (word == "SETTINGS")
                SettingsStart = token.Start;
            if (word == ";")
                End = token.Start;
            else if (token.Kind == TokenKind.Word && _previous == "FORMAT")
            {
                Format = Encoding.ASCII.GetString(text[token.Start..token.End]);
                (FormatStart, FormatEnd) = (_previousStart, token.End);
                word = FormatName;
            }

            IntoOutfile |= _previous == "INTO" && word == "OUTFILE";
            Temporary |= word == "TEMPORARY";
            (_previous, _previousStart) = (word, token.Start);
        }
    }
}
