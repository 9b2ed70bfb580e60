namespace Assay.EngineHost.Statements;

internal enum TokenKind { End, Word, Quoted, Symbol, Unfinished }

internal readonly record struct Token(TokenKind Kind, int Start, int End, int Depth);

/// <summary>
/// Splits a statement into tokens the way ClickHouse's lexer does, as far as the host needs: it must find clauses
/// without being fooled by strings, quoted names and comments. Works on bytes because what follows an INSERT need not be text.
/// </summary>
internal ref struct SqlLexer(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;
    private int _depth;

    internal Token Next()
    {
        if (!SkipBlanksAndComments())
            return new(TokenKind.Unfinished, _position, _text.Length, _depth);
        if (_position >= _text.Length)
            return new(TokenKind.End, _text.Length, _text.Length, _depth);
        var start = _position;
        var first = _text[start];
        if (first is (byte)'\'' or (byte)'"' or (byte)'`')
            return Quoted(first);
        if (first == '$' && Heredoc())
            return new(TokenKind.Quoted, start, _position, _depth);
        if (IsWord(first))
        {
            while (_position < _text.Length && IsWord(_text[_position]))
                _position++;
            return new(TokenKind.Word, start, _position, _depth);
        }

        _position++;
        return first switch
        {
            (byte)'(' or (byte)'[' or (byte)'{' => new(TokenKind.Symbol, start, _position, _depth++),
            (byte)')' or (byte)']' or (byte)'}' => new(TokenKind.Symbol, start, _position, _depth = Math.Max(0, _depth - 1)),
            _ => new(TokenKind.Symbol, start, _position, _depth),
        };
    }

    /// <summary>False when a comment does not end within the text.</summary>
    private bool SkipBlanksAndComments()
    {
        while (_position < _text.Length)
        {
            var rest = _text[_position..];
            if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or (byte)'\v')
                _position++;
            else if (rest.StartsWith("--"u8) || rest.StartsWith("#!"u8) || rest.StartsWith("# "u8))
                _position += rest.IndexOf((byte)'\n') is var line and >= 0 ? line + 1 : rest.Length;
            else if (rest.StartsWith("/*"u8))
            {
                if (rest[2..].IndexOf("*/"u8) is not (var end and >= 0))
                    return false;
                _position += end + 4;
            }
            else
                break;
        }

        return true;
    }

    private Token Quoted(byte quote)
    {
        var start = _position++;
        while (_position < _text.Length)
        {
            var current = _text[_position++];
            if (current == '\\')
                _position++;
            else if (current == quote)
            {
                // A doubled quote stands for itself.
                if (_position >= _text.Length || _text[_position] != quote)
                    return new(TokenKind.Quoted, start, _position, _depth);
                _position++;
            }
        }

        return new(TokenKind.Unfinished, start, _text.Length, _depth);
    }

    /// <summary>$tag$ ... $tag$</summary>
    private bool Heredoc()
    {
        var rest = _text[_position..];
        var tagEnd = rest[1..].IndexOf((byte)'$');
        if (tagEnd < 0 || rest.Slice(1, tagEnd).ContainsAnyExcept(WordBytes))
            return false;
        var tag = rest[..(tagEnd + 2)];
        var close = rest[tag.Length..].IndexOf(tag);
        if (close < 0)
            return false;
        _position += close + tag.Length * 2;
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> WordBytes =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private static bool IsWord(byte value) => value >= 0x80 || value == (byte)'_' || char.IsAsciiLetterOrDigit((char)value);
}
