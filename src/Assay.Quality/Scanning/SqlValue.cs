using System.Globalization;
using Assay.Engine;
using Assay.Quality.Expressions;

namespace Assay.Quality.Scanning;

/// <summary>An expression of the engine with its type.</summary>
/// <param name="Sql">The expression; it may be NULL.</param>
/// <param name="Type">Its type in the engine.</param>
/// <param name="Declared">The platform's type of the field; a source may deliver a numeric field as text where some value fits no type.</param>
internal sealed record SqlValue(string Sql, SqlType Type, FieldType Declared)
{
    /// <summary>As a number; text that is none gives NULL.</summary>
    public string Number => Type.Kind switch
    {
        SqlKind.Integer or SqlKind.Decimal or SqlKind.Double => Sql,
        // The nearest double of a float is not what people wrote: 0.1 would not equal 0.1.
        SqlKind.Float => $"toFloat64(toString({Sql}))",
        SqlKind.Boolean => $"toUInt8({Sql})",
        _ => $"toFloat64OrNull(trim({Text}))",
    };

    /// <summary>As a moment with microseconds in UTC; text that is none gives NULL.</summary>
    public string Time => Type.Kind switch
    {
        SqlKind.Timestamp => $"toDateTime64({Sql}, 6, 'UTC')",
        SqlKind.Date => $"toDateTime64({Sql}, 6, 'UTC')",
        _ => $"parseDateTime64BestEffortOrNull({Text}, 6, 'UTC')",
    };

    /// <summary>As text.</summary>
    public string Text => Type.Kind == SqlKind.String ? Sql : $"toString({Sql})";

    /// <summary>As text that is not NULL, for functions that give arrays.</summary>
    public string SureText => $"ifNull({Text}, '')";

    public string IsNull => Type.Kind is SqlKind.Array or SqlKind.Map or SqlKind.Struct ? "0" : $"isNull({Sql})";

    public string IsNotNull => Type.Kind is SqlKind.Array or SqlKind.Map or SqlKind.Struct ? "1" : $"isNotNull({Sql})";

    /// <summary>A number to compare <see cref="Number"/> with, without loss where both are exact.</summary>
    public string Constant(decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        if (Type.Kind == SqlKind.Decimal) return $"toDecimal256('{text}', {Math.Max(Type.Scale, number.Scale)})";
        return number == decimal.Truncate(number) && Type.Kind == SqlKind.Integer ? $"({decimal.Truncate(number).ToString(CultureInfo.InvariantCulture)})" : $"toFloat64('{text}')";
    }

    /// <summary>A moment to compare <see cref="Time"/> with.</summary>
    public static string Constant(DateTimeOffset time) =>
        $"toDateTime64({EngineLiteral.Quote(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture))}, 6, 'UTC')";

    /// <summary>Whether the field is one of numbers, by its declaration or, where that is not known, by the engine's type.</summary>
    public bool IsNumber => Declared is FieldType.Integral or FieldType.Fractional || Undeclared && Type.IsNumeric;

    public bool IsTime => Declared is FieldType.Date or FieldType.Timestamp || Undeclared && Type.Kind is SqlKind.Date or SqlKind.Timestamp;

    public bool IsBoolean => Declared == FieldType.Boolean || Undeclared && Type.Kind == SqlKind.Boolean;

    private bool Undeclared => Declared == FieldType.Unknown;
}
