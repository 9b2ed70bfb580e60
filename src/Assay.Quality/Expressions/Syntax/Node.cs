namespace Assay.Quality.Expressions.Syntax;

/// <summary>A part of an expression as it was written.</summary>
/// <param name="Position">Offset of its most telling token.</param>
internal abstract record Node(int Position);

/// <summary>A number with its suffix, if it has one.</summary>
internal sealed record NumberNode(int Position, string Text) : Node(Position);

internal sealed record TextNode(int Position, string Value) : Node(Position);

internal sealed record FlagNode(int Position, bool Value) : Node(Position);

internal sealed record NullNode(int Position) : Node(Position);

/// <summary>A variable whose text is not known yet: it may become anything.</summary>
internal sealed record VariableNode(int Position, string Name) : Node(Position);

/// <summary><c>DATE '2024-01-31'</c> or <c>TIMESTAMP '...'</c>.</summary>
internal sealed record MomentNode(int Position, bool Date, string Text) : Node(Position);

/// <summary>An amount of time; each part may be computed.</summary>
internal sealed record IntervalNode(int Position, IReadOnlyList<(Node Amount, string Unit)> Parts) : Node(Position);

/// <summary>A column, or a member of one: <c>a.b</c>.</summary>
internal sealed record NameNode(int Position, IReadOnlyList<string> Parts) : Node(Position);

internal sealed record StarNode(int Position) : Node(Position);

internal sealed record UnaryNode(int Position, string Sign, Node Operand) : Node(Position);

internal sealed record BinaryNode(int Position, string Sign, Node Left, Node Right) : Node(Position);

internal sealed record CaseNode(int Position, Node? Operand, IReadOnlyList<(Node When, Node Then)> Branches, Node? Else) : Node(Position);

/// <param name="Try">Whether a value that does not convert gives NULL.</param>
internal sealed record CastNode(int Position, Node Operand, SqlType Target, bool Try) : Node(Position);

internal sealed record InNode(int Position, Node Operand, IReadOnlyList<Node> Items, bool Negated) : Node(Position);

/// <param name="Query">A <see cref="QueryNode"/> or a <see cref="SubqueryNode"/>.</param>
internal sealed record InQueryNode(int Position, Node Operand, Node Query, bool Negated) : Node(Position);

internal sealed record ExistsNode(int Position, SelectQuery Query) : Node(Position);

/// <summary>A query over sources in the place of a value.</summary>
internal sealed record SubqueryNode(int Position, SelectQuery Query) : Node(Position);

internal sealed record BetweenNode(int Position, Node Operand, Node Low, Node High, bool Negated) : Node(Position);

/// <param name="Kind">like, ilike or rlike.</param>
/// <param name="Quantifier">any, all, or null for a single pattern.</param>
internal sealed record LikeNode(int Position, Node Operand, IReadOnlyList<Node> Patterns, string Kind, string? Quantifier, char Escape, bool Negated) : Node(Position);

/// <param name="What">null, true, false or unknown.</param>
internal sealed record IsNode(int Position, Node Operand, string What, bool Negated) : Node(Position);

internal sealed record DistinctNode(int Position, Node Left, Node Right, bool Negated) : Node(Position);

internal sealed record LambdaNode(int Position, IReadOnlyList<string> Parameters, Node Body) : Node(Position);

internal sealed record IndexNode(int Position, Node Operand, Node Index) : Node(Position);

internal sealed record MemberNode(int Position, Node Operand, string Name) : Node(Position);

internal sealed record CallNode(int Position, string Name, IReadOnlyList<Node> Arguments) : Node(Position)
{
    public bool Distinct { get; init; }

    /// <summary>The condition of FILTER (WHERE ...).</summary>
    public Node? Filter { get; init; }

    public WindowNode? Window { get; init; }
}

/// <param name="Frame">The frame's words in Spark's spelling, which the engine shares; null for the default.</param>
internal sealed record WindowNode(int Position, IReadOnlyList<Node> Partitions, IReadOnlyList<OrderNode> Orders, string? Frame) : Node(Position);

internal sealed record OrderNode(int Position, Node Operand, bool Descending, bool? NullsFirst) : Node(Position);

/// <summary>A query of the frame under scan itself.</summary>
internal sealed record QueryNode(int Position, IReadOnlyList<Node> Items, bool Distinct, Node? Where, IReadOnlyList<Node> Groups, Node? Having) : Node(Position);
