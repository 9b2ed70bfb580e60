namespace Assay.Quality.Expressions.Translation;

/// <summary>Arithmetic by Spark's rules: text counts as double, division by zero is NULL, <c>/</c> never truncates, <c>%</c> has the dividend's sign.</summary>
internal static class Arithmetic
{
    public static Term Of(string sign, Term a, Term b)
    {
        if (a.IsNull || b.IsNull) return new("NULL", SqlType.Null, a.Node);
        if (a.Type.Kind == SqlKind.Interval || b.Type.Kind == SqlKind.Interval || a.Type.IsTime || b.Type.IsTime) return Intervals.Of(sign, a, b);
        var (x, y) = (Number(a), Number(b));
        if (x.Type.Kind == SqlKind.Unknown || y.Type.Kind == SqlKind.Unknown) return new($"({x.Sql} {(sign == "div" ? "DIV" : sign)} {y.Sql})", SqlType.Unknown, a.Node);
        var type = Coercion.Numbers(x.Type, y.Type);
        return sign switch
        {
            "/" => Quotient(x, y, type),
            "div" => new($"if({y.Sql} = 0, NULL, {(type.Kind == SqlKind.Double ? $"toInt64(trunc({Real(x)} / {Real(y)}))" : $"toInt64(intDiv({x.Sql}, if({y.Sql} = 0, {One(y)}, {y.Sql})))")})", SqlType.Integer, a.Node),
            "%" => new(Remainder(x, y, type), type, a.Node),
            "*" when type.Kind == SqlKind.Decimal => Product(x, y),
            _ => new($"({Coercion.As(x, type)} {sign} {Coercion.As(y, type)})", type, a.Node),
        };
    }

    /// <summary>A number; text is read as one.</summary>
    public static Term Number(Term value) => value.Type.Kind switch
    {
        SqlKind.String => value with { Sql = Casts.Double(value), Type = SqlType.Double },
        SqlKind.Float => value with { Sql = Casts.Double(value), Type = SqlType.Double },
        SqlKind.Integer or SqlKind.Decimal or SqlKind.Double or SqlKind.Null or SqlKind.Unknown => value,
        _ => throw new ExpressionException(value.Position, $"A {value.Type} is not a number"),
    };

    public static string Remainder(Term x, Term y, SqlType type)
    {
        var (a, b) = type.Kind == SqlKind.Double ? (Real(x), Real(y)) : (Coercion.As(x, type), Coercion.As(y, type));
        // The engine's own remainder of decimals ignores their scale.
        return type.Kind == SqlKind.Decimal
            ? $"if({b} = 0, NULL, {a} - {b} * toDecimal256(intDiv({a}, if({b} = 0, {One(y with { Type = type })}, {b})), 0))"
            : $"if({b} = 0, NULL, modulo({a}, if({b} = 0, 1, {b})))";
    }

    private static Term Quotient(Term x, Term y, SqlType type)
    {
        if (type.Kind != SqlKind.Decimal) return new($"if({y.Sql} = 0, NULL, {Real(x)} / {Real(y)})", SqlType.Double, x.Node);
        // Spark keeps at least six digits behind the point, and more for long divisors.
        var scale = Math.Min(18, Math.Max(6, Scale(x) + Math.Min(y.Type.Kind == SqlKind.Decimal ? y.Type.Precision : 10, 11) + 1));
        var (a, b) = ($"toDecimal256({x.Sql}, {Scale(x)})", $"toDecimal256({y.Sql}, {Scale(y)})");
        return new($"if({y.Sql} = 0, NULL, divideDecimal({a}, if({y.Sql} = 0, toDecimal256(1, {Scale(y)}), {b}), {scale}))", SqlType.Decimal(76, scale), x.Node);
    }

    /// <summary>Fractional columns count as double, but the engine may have decimals in them, of which its division would keep the scale.</summary>
    private static string Real(Term value) => value.Type.Kind == SqlKind.Double ? $"toFloat64({value.Sql})" : Casts.Double(value);

    private static Term Product(Term x, Term y) =>
        new($"(toDecimal256({x.Sql}, {Scale(x)}) * toDecimal256({y.Sql}, {Scale(y)}))", SqlType.Decimal(76, Scale(x) + Scale(y)), x.Node);

    private static int Scale(Term value) => value.Type.Kind == SqlKind.Decimal ? value.Type.Scale : 0;

    private static string One(Term value) => value.Type.Kind == SqlKind.Decimal ? $"toDecimal256(1, {value.Type.Scale})" : "1";
}
