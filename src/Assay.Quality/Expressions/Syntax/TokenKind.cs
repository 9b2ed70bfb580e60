namespace Assay.Quality.Expressions.Syntax;

internal enum TokenKind
{
    Number,
    Text,
    Name,

    /// <summary>A name in backticks: never a keyword.</summary>
    QuotedName,
    Sign,

    /// <summary><c>{{ name }}</c> whose text is not known yet.</summary>
    Variable,

    /// <summary><c>{{_qualytics_self}}</c>.</summary>
    Self,
    End,
}
