using System.Globalization;

namespace Assay.Quality.Expressions.Translation;

/// <summary>Conversions by Spark's rules; what does not convert is NULL.</summary>
internal static class Casts
{
    private const string Day = @"^\\s*(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[T ].*)?)?)?\\s*$";

    public static string To(Term value, SqlType target) => target.Kind switch
    {
        SqlKind.String => Text(value),
        SqlKind.Integer => Integer(value, target.Bits),
        SqlKind.Double or SqlKind.Float => target.Kind == SqlKind.Float ? $"toFloat32({Double(value)})" : Double(value),
        SqlKind.Decimal => Decimal(value, target.Precision, target.Scale),
        SqlKind.Boolean => Boolean(value),
        SqlKind.Date => Date(value),
        SqlKind.Timestamp => Timestamp(value),
        SqlKind.Array when value.Type.Kind == SqlKind.Array =>
            $"arrayMap(e -> {To(new Term("e", value.Type.Element ?? SqlType.Unknown, value.Node), target.Element!)}, {value.Sql})",
        _ => throw new ExpressionException(value.Position, $"A {value.Type} cannot be cast to {target}"),
    };

    public static string Text(Term value) => value.Type.Kind switch
    {
        SqlKind.String or SqlKind.Null => value.Sql,
        SqlKind.Boolean => $"multiIf({value.Sql}, 'true', NOT {value.Sql}, 'false', NULL)",
        SqlKind.Double or SqlKind.Float => $"if(isFinite({value.Sql}) AND {value.Sql} = trunc({value.Sql}) AND abs({value.Sql}) < 1e7, concat(toString({value.Sql}), '.0'), toString({value.Sql}))",
        SqlKind.Decimal => $"toDecimalString({value.Sql}, {value.Type.Scale.ToString(CultureInfo.InvariantCulture)})",
        SqlKind.Timestamp => $"replaceRegexpOne(toString(toDateTime64({value.Sql}, 6, 'UTC')), '\\\\.?0+$', '')",
        SqlKind.Array or SqlKind.Map or SqlKind.Struct => $"toJSONString({value.Sql})",
        _ => $"toString({value.Sql})",
    };

    public static string Double(Term value) => value.Type.Kind switch
    {
        SqlKind.Double or SqlKind.Null => value.Sql,
        SqlKind.String => $"toFloat64OrNull(trimBoth({value.Sql}))",
        SqlKind.Timestamp => $"(toUnixTimestamp64Micro(toDateTime64({value.Sql}, 6, 'UTC')) / 1000000)",
        SqlKind.Date => throw new ExpressionException(value.Position, "A date is not a number"),
        _ => $"toFloat64({value.Sql})",
    };

    public static string Integer(Term value, int bits) => value.Type.Kind switch
    {
        SqlKind.Integer when value.Type.Bits <= bits => value.Sql,
        SqlKind.Null => value.Sql,
        SqlKind.Boolean => $"toInt32({value.Sql})",
        SqlKind.String => $@"toInt{bits}OrNull(replaceOne(extract(trimBoth({value.Sql}), '^([+-]?\\d+)(?:\\.\\d*)?$'), '+', ''))",
        SqlKind.Double or SqlKind.Float => $"accurateCastOrNull(trunc({value.Sql}), 'Int{bits}')",
        SqlKind.Timestamp => $"toInt64(floor(toUnixTimestamp64Micro(toDateTime64({value.Sql}, 6, 'UTC')) / 1000000))",
        SqlKind.Decimal => $"accurateCastOrNull(truncate({value.Sql}), 'Int{bits}')",
        SqlKind.Date => throw new ExpressionException(value.Position, "A date is not a number"),
        _ => $"accurateCastOrNull({value.Sql}, 'Int{bits}')",
    };

    public static string Decimal(Term value, int precision, int scale)
    {
        if (value.Type.Kind == SqlKind.Null) return value.Sql;
        var (text, limit) = (scale.ToString(CultureInfo.InvariantCulture), $"toDecimal256('1{new string('0', precision - scale)}', 0)");
        var number = value.Type.Kind switch
        {
            SqlKind.Integer or SqlKind.Boolean => $"toDecimal256({value.Sql}, 0)",
            SqlKind.Decimal => value.Sql,
            // The text of a double is what its author meant by it.
            SqlKind.Double or SqlKind.Float => $"toDecimal256OrNull(toString({value.Sql}), {Math.Min(scale + 8, 38)})",
            _ => $"toDecimal256OrNull(trimBoth({Text(value)}), {Math.Min(scale + 8, 38)})",
        };
        return $"if(abs({number}) < {limit}, toDecimal256(round({number}, {text}), {text}), NULL)";
    }

    public static string Boolean(Term value) => value.Type.Kind switch
    {
        SqlKind.Boolean or SqlKind.Null or SqlKind.Unknown => value.Sql,
        SqlKind.String => $"multiIf(lower(trimBoth({value.Sql})) IN ('t', 'true', 'y', 'yes', '1'), true, lower(trimBoth({value.Sql})) IN ('f', 'false', 'n', 'no', '0'), false, NULL)",
        SqlKind.Integer or SqlKind.Decimal or SqlKind.Double or SqlKind.Float => $"({value.Sql} != 0)",
        _ => throw new ExpressionException(value.Position, $"A {value.Type} is neither true nor false"),
    };

    public static string Date(Term value)
    {
        switch (value.Type.Kind)
        {
            case SqlKind.Date or SqlKind.Null:
                return value.Sql;
            case SqlKind.Timestamp or SqlKind.Unknown:
                return $"toDate32({value.Sql})";
            case SqlKind.String:
                string Part(int n) => $"leftPad(if(extractGroups(assumeNotNull({value.Sql}), '{Day}')[{n}] = '', '1', extractGroups(assumeNotNull({value.Sql}), '{Day}')[{n}]), 2, '0')";
                var day = $"concat(extractGroups(assumeNotNull({value.Sql}), '{Day}')[1], '-', {Part(2)}, '-', {Part(3)})";
                // The engine turns 30 February into 2 March.
                return $"if(match({value.Sql}, '{Day}') AND toString(toDate32OrDefault({day})) = {day}, toDate32OrNull({day}), NULL)";
            default:
                throw new ExpressionException(value.Position, $"A {value.Type} cannot be cast to date");
        }
    }

    public static string Timestamp(Term value) => value.Type.Kind switch
    {
        SqlKind.Timestamp or SqlKind.Null => value.Sql,
        SqlKind.Date => $"toDateTime64({value.Sql}, 6, 'UTC')",
        SqlKind.String => $@"if(match({value.Sql}, '^\\s*\\d{{4}}-\\d{{1,2}}-\\d{{1,2}}[T ]\\d'), parseDateTime64BestEffortOrNull(trimBoth({value.Sql}), 6, 'UTC'), toDateTime64({Date(value)}, 6, 'UTC'))",
        SqlKind.Integer or SqlKind.Double or SqlKind.Float or SqlKind.Decimal => $"fromUnixTimestamp64Micro(toInt64({value.Sql} * 1000000), 'UTC')",
        _ => $"toDateTime64({value.Sql}, 6, 'UTC')",
    };
}
