using Assay.Engine;
using Assay.Quality.Scanning;

namespace Assay.Quality.Grouping;

/// <summary>A field that rows are grouped by: its value as text of the engine's, and as a condition of Spark's.</summary>
/// <param name="Sql">The value as text; NULL where there is none.</param>
internal sealed record GroupKey(string Name, string Sql, FieldType Type)
{
    public static GroupKey Of(string name, SqlValue value) => value switch
    {
        { IsBoolean: true } => new(name, $"multiIf({value.Sql}, 'true', NOT {value.Sql}, 'false', NULL)", FieldType.Boolean),
        { IsNumber: true } => new(name, $"toString({value.Number})", FieldType.Integral),
        { Type.Kind: Expressions.SqlKind.Date } => new(name, $"toString({value.Sql})", FieldType.Date),
        { IsTime: true } => new(name, $"toString({value.Time})", FieldType.Timestamp),
        _ => new(name, value.Text, FieldType.String),
    };

    public string Condition(string? value)
    {
        var name = $"`{Name.Replace("`", "``", StringComparison.Ordinal)}`";
        return value is null ? $"{name} IS NULL" : Type switch
        {
            FieldType.Boolean or FieldType.Integral => $"{name} = {value}",
            FieldType.Date => $"{name} = DATE '{value}'",
            FieldType.Timestamp => $"{name} = TIMESTAMP '{value}'",
            _ => $"{name} = {EngineLiteral.Quote(value)}",
        };
    }
}
