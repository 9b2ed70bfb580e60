using System.Globalization;
using Assay.Engine;
using Assay.Quality.Expressions.Functions;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Expressions.Translation;

/// <summary>Turns Spark SQL into the engine's words, with Spark's meaning.</summary>
/// <param name="self">The relation that <c>{{_qualytics_self}}</c> means, in parentheses; null where it cannot be read.</param>
/// <param name="subqueries">Writes sub-queries over sources; null where there are none.</param>
internal sealed class Translator(Scope scope, ExpressionSettings settings, ExpressionMode mode, string? self, ISubqueries? subqueries = null)
{
    private readonly Stack<Dictionary<string, Term>> lambdas = [];
    private bool inAggregate;

    public ExpressionSettings Settings => settings;

    public Term Translate(Node node) => node switch
    {
        NumberNode number => Numbers.Of(number),
        TextNode text => new(EngineLiteral.Quote(text.Value), SqlType.String, text),
        FlagNode flag => new(flag.Value ? "true" : "false", SqlType.Boolean, flag),
        NullNode or VariableNode => new("NULL", SqlType.Null, node),
        MomentNode moment => Moment(moment),
        IntervalNode interval => Intervals.Of(interval, Translate),
        NameNode name => Name(name),
        UnaryNode unary => Unary(unary),
        BinaryNode binary => Binary(binary),
        CaseNode choice => Case(choice),
        CastNode cast => Cast(cast),
        InNode list => In(list),
        InQueryNode query => InQuery(query),
        BetweenNode between => Between(between),
        LikeNode like => LikeTerm(like),
        IsNode test => Is(test),
        DistinctNode distinct => Distinct(distinct),
        IndexNode index => Members.At(Translate(index.Operand), Translate(index.Index)),
        MemberNode member => Members.Of(Translate(member.Operand), member.Name, member.Position),
        CallNode call => Call(call),
        QueryNode query => new Term($"({Query(query, out var type)})", type, query),
        SubqueryNode query => SubqueryTerms.Scalar(query, Subqueries(query).Write(query.Query)),
        ExistsNode exists => SubqueryTerms.Exists(exists, Subqueries(exists).Write(exists.Query)),
        LambdaNode lambda => throw new ExpressionException(lambda.Position, "A lambda can only be an argument of functions on arrays, such as transform"),
        StarNode star => throw new ExpressionException(star.Position, "* can only stand in count(*)"),
        _ => throw new ExpressionException(node.Position, "This is not supported"),
    };

    /// <summary>A condition; text and numbers count as Spark casts them.</summary>
    public string Condition(Node node) => Casts.Boolean(Translate(node));

    /// <summary>A lambda whose parameters have these types: <c>(a, b) -> body</c>, and the body's type.</summary>
    public (string Sql, Term Body) Lambda(Node node, params IReadOnlyList<SqlType> types)
    {
        if (node is not LambdaNode lambda) throw new ExpressionException(node.Position, "A lambda is expected, such as x -> x + 1");
        if (lambda.Parameters.Count > types.Count) throw new ExpressionException(node.Position, $"The lambda takes at most {types.Count} parameters");
        var names = lambda.Parameters.Select((p, i) => (Name: p, Sql: $"p{lambdas.Count}_{i}")).ToList();
        lambdas.Push(names.Select((n, i) => (n.Name, Term: new Term(n.Sql, types[i], node))).ToDictionary(n => n.Name, n => n.Term, StringComparer.OrdinalIgnoreCase));
        var body = Translate(lambda.Body);
        lambdas.Pop();
        return ($"{(names.Count == 1 ? names[0].Sql : $"({string.Join(", ", names.Select(n => n.Sql))})")} -> ", body);
    }

    private Term Name(NameNode node)
    {
        foreach (var parameters in lambdas)
        {
            if (parameters.TryGetValue(node.Parts[0], out var value)) return node.Parts.Skip(1).Aggregate(value with { Node = node }, (v, m) => Members.Of(v, m, node.Position));
        }

        return scope.Column(node);
    }

    private static Term Moment(MomentNode node)
    {
        if (Checks.CheckProperties.TimeOf(node.Text) is not { } time) throw new ExpressionException(node.Position, $"'{node.Text}' is not a {(node.Date ? "date" : "time")}");
        return node.Date
            ? new($"toDate32('{time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}')", SqlType.Date, node)
            : new(Scanning.SqlValue.Constant(time), SqlType.Timestamp, node);
    }

    private Term Unary(UnaryNode node)
    {
        if (node.Sign == "not") return new($"(NOT {Condition(node.Operand)})", SqlType.Boolean, node);
        var operand = Translate(node.Operand);
        if (operand.Type.Kind == SqlKind.Interval) return operand with { Sql = $"(-{operand.Sql})", Months = operand.Months is null ? null : $"(-{operand.Months})" };
        operand = Arithmetic.Number(operand);
        return node.Sign == "~" ? new($"bitNot(toInt64({operand.Sql}))", SqlType.Integer, node) : new($"(-{operand.Sql})", operand.Type, node);
    }

    private Term Binary(BinaryNode node)
    {
        if (node.Sign is "and" or "or") return new($"({Condition(node.Left)} {node.Sign.ToUpperInvariant()} {Condition(node.Right)})", SqlType.Boolean, node);
        var (a, b) = (Translate(node.Left), Translate(node.Right));
        switch (node.Sign)
        {
            case "=" or "!=" or "<" or ">" or "<=" or ">=":
                var (x, y) = Coercion.Pair(a, b);
                return new($"({x} {node.Sign} {y})", SqlType.Boolean, node);
            case "<=>":
                return Same(node, a, b, negated: false);
            case "||":
                return a.Type.Kind == SqlKind.Array ? new($"arrayConcat({a.Sql}, {b.Sql})", a.Type, node) : new($"concat({Casts.Text(a)}, {Casts.Text(b)})", SqlType.String, node);
            case "&" or "|" or "^":
                return new($"{node.Sign switch { "&" => "bitAnd", "|" => "bitOr", _ => "bitXor" }}({Casts.Integer(a, 64)}, {Casts.Integer(b, 64)})", SqlType.Integer, node);
            default:
                return Arithmetic.Of(node.Sign, a, b) with { Node = node };
        }
    }

    private static Term Same(Node node, Term a, Term b, bool negated)
    {
        var (x, y) = Coercion.Pair(a, b);
        return new($"({(negated ? "NOT " : "")}ifNull({x} = {y}, isNull({x}) AND isNull({y})))", SqlType.Boolean, node);
    }

    private Term Distinct(DistinctNode node) => Same(node, Translate(node.Left), Translate(node.Right), negated: !node.Negated);

    private Term Case(CaseNode node)
    {
        var operand = node.Operand is null ? null : Translate(node.Operand);
        var whens = node.Branches.Select(b => operand is null ? Condition(b.When) : Equal(operand, Translate(b.When)));
        var (values, type) = Coercion.All([.. node.Branches.Select(b => Translate(b.Then)), node.Else is null ? new Term("NULL", SqlType.Null, node) : Translate(node.Else)]);
        return new($"multiIf({string.Join(", ", whens.Zip(values, (w, v) => $"{w}, {v}"))}, {values[^1]})", type, node);
    }

    private static string Equal(Term a, Term b)
    {
        var (x, y) = Coercion.Pair(a, b);
        return $"({x} = {y})";
    }

    private Term Cast(CastNode node) => new(Casts.To(Translate(node.Operand), node.Target), node.Target, node);

    private Term In(InNode node)
    {
        var operand = Translate(node.Operand);
        var items = node.Items.Select(Translate).ToList();
        // Comparing one by one gives NULL its meaning, and each item the type that it is compared in; long lists of plain values go the fast way.
        var plain = items.All(i => i.Node is TextNode) && operand.Type.Kind == SqlKind.String
            || operand.Type.Kind == SqlKind.Integer && items.All(i => i.Type.Kind == SqlKind.Integer && i.Node is NumberNode);
        var sql = plain
            ? $"({operand.Sql} IN ({string.Join(", ", items.Select(i => i.Sql))}))"
            : $"({string.Join(" OR ", items.Select(i => Equal(operand, i)))})";
        return new(node.Negated ? $"(NOT {sql})" : sql, SqlType.Boolean, node);
    }

    private Term InQuery(InQueryNode node)
    {
        if (node.Query is SubqueryNode listed) return SubqueryTerms.In(node, Translate(node.Operand), Subqueries(listed).Write(listed.Query));
        var query = Query((QueryNode)node.Query, out var type, alias: "v");
        var operand = Translate(node.Operand);
        // NULLs of the query are left out: with them NOT IN would never be true, which nobody means.
        var (value, item) = operand.Type.Kind == type.Kind && type.Kind != SqlKind.Decimal ? (operand.Sql, "v") : ($"toString({operand.Sql})", "toString(v)");
        var sql = $"if(isNull({operand.Sql}), NULL, {value} IN (SELECT {item} FROM ({query}) WHERE isNotNull(v)))";
        return new(node.Negated ? $"(NOT {sql})" : sql, SqlType.Boolean, node);
    }

    private ISubqueries Subqueries(Node node) => subqueries ?? throw new ExpressionException(node.Position, "A sub-query is not possible here");

    private string Query(QueryNode node, out SqlType type, string? alias = null)
    {
        if (self is null) throw new ExpressionException(node.Position, "A sub-query is not possible here");
        if (node.Items.Count != 1) throw new ExpressionException(node.Items[1].Position, "A sub-query gives one value: it has one column");
        var inner = new Translator(scope, settings, ExpressionMode.Query, self);
        var item = inner.Translate(node.Items[0]);
        type = item.Type;
        return $"SELECT {(node.Distinct ? "DISTINCT " : "")}{item.Sql}{(alias is null ? "" : $" AS {alias}")} FROM {self}"
            + (node.Where is null ? "" : $" WHERE {new Translator(scope, settings, ExpressionMode.Row, self).Condition(node.Where)}")
            + (node.Groups.Count == 0 ? "" : $" GROUP BY {string.Join(", ", node.Groups.Select(g => inner.Translate(g).Sql))}")
            + (node.Having is null ? "" : $" HAVING {inner.Condition(node.Having)}");
    }

    private Term Between(BetweenNode node)
    {
        var (value, low, high) = (Translate(node.Operand), Translate(node.Low), Translate(node.High));
        var ((a, l), (b, h)) = (Coercion.Pair(value, low), Coercion.Pair(value, high));
        return new($"({(node.Negated ? "NOT " : "")}({a} >= {l} AND {b} <= {h}))", SqlType.Boolean, node);
    }

    private Term LikeTerm(LikeNode node)
    {
        var text = Casts.Text(Translate(node.Operand));
        var tests = node.Patterns.Select(p => Match(node, text, Translate(p))).ToList();
        var sql = tests.Count == 1 ? tests[0] : $"({string.Join(node.Quantifier == "all" ? " AND " : " OR ", tests)})";
        return new(node.Negated ? $"(NOT {sql})" : sql, SqlType.Boolean, node);
    }

    private static string Match(LikeNode node, string text, Term pattern)
    {
        if (pattern.IsNull) return "NULL";
        if (pattern.Literal is not { } literal)
        {
            return node.Kind switch { "like" => $"({text} LIKE {Casts.Text(pattern)})", "ilike" => $"({text} ILIKE {Casts.Text(pattern)})", _ => $"match({text}, {Casts.Text(pattern)})" };
        }

        if (node.Kind == "rlike")
            return JavaPattern.Fault(literal) is { } fault ? throw new ExpressionException(pattern.Position, $"The pattern {fault}") : $"match({text}, {JavaPattern.Literal(literal)})";
        var like = Like.Pattern(literal, node.Escape);
        return node.Kind == "like" ? $"match({text}, {like})" : $"match({text}, {like.Replace("(?s)", "(?is)", StringComparison.Ordinal)})";
    }

    private Term Is(IsNode node)
    {
        var not = node.Negated ? "NOT " : "";
        if (node.What is "null" or "unknown") return new($"({not}{Nulls.Is(Translate(node.Operand))})", SqlType.Boolean, node);
        return new($"({not}ifNull({Condition(node.Operand)} = {node.What}, false))", SqlType.Boolean, node);
    }

    private Term Call(CallNode node)
    {
        if (FunctionCatalogue.Find(node.Name) is not { } function) throw FunctionCatalogue.Unknown(node);
        if (node.Arguments.Count < function.Least || node.Arguments.Count > function.Most)
            throw new ExpressionException(node.Position, $"{node.Name} takes {function.Counts} arguments, not {node.Arguments.Count}");
        if ((node.Distinct || node.Filter is not null) && function.Kind != FunctionKind.Aggregate)
            throw new ExpressionException(node.Position, $"{node.Name} is not an aggregate");
        if (node.Window is not null) return Windowed(node, function);
        if (function.Kind == FunctionKind.Window) throw new ExpressionException(node.Position, $"{node.Name} needs OVER (...)");
        return function.Kind == FunctionKind.Aggregate ? Aggregated(node, function, inWindow: false) : function.Translate(new FunctionCall(this, node)) with { Node = node };
    }

    private Term Aggregated(CallNode node, Function function, bool inWindow)
    {
        if (mode == ExpressionMode.Row && !inWindow) throw new ExpressionException(node.Position, $"{node.Name} is an aggregate: a condition on a record cannot hold it, except in (SELECT ... FROM {(subqueries is null ? $"{{{{{Lexer.SelfName}}}}}" : "...")})");
        if (inAggregate) throw new ExpressionException(node.Position, "An aggregate cannot hold another one");
        inAggregate = true;
        var term = function.Translate(new FunctionCall(this, node)) with { Node = node };
        inAggregate = false;
        return term;
    }

    private Term Windowed(CallNode node, Function function)
    {
        if (mode != ExpressionMode.Select) throw new ExpressionException(node.Position, "Window functions can stand in computed fields, not in conditions of checks");
        if (function.Kind == FunctionKind.Scalar) throw new ExpressionException(node.Position, $"{node.Name} is not a window function");
        var window = node.Window!;
        var term = function.Kind == FunctionKind.Aggregate ? Aggregated(node, function, inWindow: true) : function.Translate(new FunctionCall(this, node)) with { Node = node };
        var orders = window.Orders.Select(o => $"{Translate(o.Operand).Sql}{(o.Descending ? " DESC" : " ASC")} NULLS {(o.NullsFirst ?? !o.Descending ? "FIRST" : "LAST")}").ToList();
        var parts = new List<string>();
        if (window.Partitions.Count > 0) parts.Add($"PARTITION BY {string.Join(", ", window.Partitions.Select(p => Translate(p).Sql))}");
        if (orders.Count > 0) parts.Add($"ORDER BY {string.Join(", ", orders)}");
        // The engine's lag and lead see only the frame.
        var frame = node.Name is "lag" or "lead" or "ntile" ? "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING" : window.Frame;
        if (frame is not null) parts.Add(frame);
        return term with { Sql = $"({term.Sql} OVER ({string.Join(' ', parts)}))" };
    }
}
