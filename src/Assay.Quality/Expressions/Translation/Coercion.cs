namespace Assay.Quality.Expressions.Translation;

/// <summary>Brings values to a common type as Spark does before it compares or combines them.</summary>
internal static class Coercion
{
    public static (string A, string B) Pair(Term a, Term b)
    {
        if (a.IsNull || b.IsNull || a.Type.Kind == SqlKind.Unknown || b.Type.Kind == SqlKind.Unknown) return (a.Sql, b.Sql);
        var common = Compared(a, b);
        return (As(a, common), As(b, common));
    }

    /// <summary>The type that <see cref="Pair"/> brings both to, where it does.</summary>
    public static SqlType Comparable(Term a, Term b) => a.IsNull ? b.Type : b.IsNull ? a.Type : a.Type.Kind == SqlKind.Unknown || b.Type.Kind == SqlKind.Unknown ? SqlType.Unknown : Compared(a, b);

    /// <summary>Brings all to the type that CASE, COALESCE and their like give.</summary>
    public static (IReadOnlyList<string> Sql, SqlType Type) All(IReadOnlyList<Term> terms)
    {
        var type = terms.Select(t => t.Type).Aggregate(Combined);
        return ([.. terms.Select(t => As(t, type))], type);
    }

    public static string As(Term value, SqlType type)
    {
        if (value.IsNull || type.Kind is SqlKind.Unknown or SqlKind.Null || value.Type.Kind is SqlKind.Unknown || value.Type.Kind == type.Kind && type.Kind != SqlKind.Decimal) return value.Sql;
        return (type.Kind, value.Type.Kind) switch
        {
            (SqlKind.Decimal, SqlKind.Decimal) => value.Type.Scale == type.Scale ? value.Sql : $"toDecimal256({value.Sql}, {type.Scale})",
            (SqlKind.Decimal, SqlKind.Integer) => $"toDecimal256({value.Sql}, {type.Scale})",
            _ => Casts.To(value, type),
        };
    }

    public static SqlType Combined(SqlType a, SqlType b)
    {
        if (a.Kind == SqlKind.Null) return b;
        if (b.Kind == SqlKind.Null || a == b) return a;
        if (a.Kind == SqlKind.Unknown || b.Kind == SqlKind.Unknown) return SqlType.Unknown;
        if (a.IsNumeric && b.IsNumeric) return Numbers(a, b);
        if (a.IsTime && b.IsTime) return SqlType.Timestamp;
        if (a.Kind == b.Kind) return a.Kind == SqlKind.Array ? SqlType.Array(Combined(a.Element ?? SqlType.Unknown, b.Element ?? SqlType.Unknown)) : a;
        return a.Kind == SqlKind.String || b.Kind == SqlKind.String ? SqlType.String : SqlType.Unknown;
    }

    public static SqlType Numbers(SqlType a, SqlType b)
    {
        if (a.Kind is SqlKind.Double or SqlKind.Float || b.Kind is SqlKind.Double or SqlKind.Float) return SqlType.Double;
        if (a.Kind == SqlKind.Decimal || b.Kind == SqlKind.Decimal)
            return SqlType.Decimal(76, Math.Max(a.Kind == SqlKind.Decimal ? a.Scale : 0, b.Kind == SqlKind.Decimal ? b.Scale : 0));
        return a.Bits >= b.Bits ? a : b;
    }

    /// <summary>Unlike CASE, a comparison brings text to the other side's type.</summary>
    private static SqlType Compared(Term a, Term b)
    {
        var (x, y) = (a.Type, b.Type);
        if (x.Kind == y.Kind && x.Kind != SqlKind.Decimal) return x;
        if (x.Kind == SqlKind.String) return y.IsNumeric ? SqlType.Double : y;
        if (y.Kind == SqlKind.String) return x.IsNumeric ? SqlType.Double : x;
        if (x.IsNumeric && y.Kind == SqlKind.Boolean) return x;
        if (y.IsNumeric && x.Kind == SqlKind.Boolean) return y;
        var common = Combined(x, y);
        return common.Kind != SqlKind.Unknown ? common : throw new ExpressionException(b.Position, $"A {x} does not compare with a {y}");
    }
}
