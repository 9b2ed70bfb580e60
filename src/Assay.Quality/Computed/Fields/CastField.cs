using System.Text.RegularExpressions;
using Assay.Engine;
using Assay.Quality.Expressions;

namespace Assay.Quality.Computed.Fields;

/// <summary>A field as another type of Spark's; what does not convert is NULL.</summary>
internal static partial class CastField
{
    private const string Target = "target_type", Format = "format";

    public static FieldTransformation Spec { get; } = new("cast", "The field as another type; a value that is no such type becomes NULL.", FieldTransformation.Single, [],
    [
        new(Target, "text", true, "A type of Spark SQL, such as int, decimal(10,2), date or timestamp."),
        new(Format, "text", false, "For dates and times: the pattern of the texts, such as MM/dd/yyyy."),
    ]);

    public static FormulaSql Write(FieldFormula formula, ExpressionColumn source, ExpressionSettings settings)
    {
        if (formula.Fault(Spec) is { } fault) return new FormulaSql("", [], fault);
        var target = formula.Text(Target)!.Trim();
        if (!TypeName().IsMatch(target)) return FormulaSql.Wrong($"properties.{Target}", $"'{target}' is no type of Spark SQL");
        var name = $"`{source.Name.Replace("`", "``", StringComparison.Ordinal)}`";
        var format = formula.Text(Format);
        if (format is not null && !target.Equals("date", StringComparison.OrdinalIgnoreCase) && !target.Equals("timestamp", StringComparison.OrdinalIgnoreCase))
            return FormulaSql.Wrong($"properties.{Format}", "A format is for dates and timestamps only");
        var text = format is null ? $"CAST({name} AS {target})" : $"to_{target.ToLowerInvariant()}({name}, {EngineLiteral.Quote(format)})";
        var written = SparkExpression.Translate(text, [source], settings);
        return written.Fault is { } wrong ? FormulaSql.Wrong(format is null ? $"properties.{Target}" : $"properties.{Format}", wrong.Message) : FormulaSql.Of(written.Sql, source.Name);
    }

    [GeneratedRegex(@"^[A-Za-z_]+\s*([(<][\w\s,<>():]*[)>])?$")]
    private static partial Regex TypeName();
}
