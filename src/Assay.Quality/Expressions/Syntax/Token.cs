namespace Assay.Quality.Expressions.Syntax;

/// <param name="Kind">The kind.</param>
/// <param name="Text">Without quotes and escapes.</param>
/// <param name="Position">Offset in the text as it was written.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(string keyword) => Kind == TokenKind.Name && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(string sign) => Kind == TokenKind.Sign && Text == sign;

    public override string ToString() => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}
