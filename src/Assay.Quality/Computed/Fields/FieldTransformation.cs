using Assay.Quality.Expressions;

namespace Assay.Quality.Computed.Fields;

/// <summary>A way to compute a field from others.</summary>
/// <param name="Name">As the API calls it.</param>
/// <param name="Description">For people.</param>
/// <param name="Sources">How many fields it takes: <c>single</c> or <c>none</c>.</param>
/// <param name="Types">The types that its source may have; none for any.</param>
/// <param name="Properties">What else it takes.</param>
public sealed record FieldTransformation(string Name, string Description, string Sources, IReadOnlyList<FieldType> Types, IReadOnlyList<TransformationProperty> Properties)
{
    public const string Single = "single", None = "none";

    public static IReadOnlyList<FieldTransformation> All { get; } = [CastField.Spec, EntityNameField.Spec, FormattedNumberField.Spec, ExpressionField.Spec];

    public static FieldTransformation? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    /// <summary>A formula in the engine's words.</summary>
    /// <param name="columns">The columns of the rows that it is computed on.</param>
    public static FormulaSql Write(FieldFormula formula, IReadOnlyList<ExpressionColumn> columns, ExpressionSettings settings)
    {
        if (Find(formula.Transformation) is not { } transformation) return FormulaSql.Wrong("transformation", $"'{formula.Transformation}' is no transformation");
        if (transformation.Sources == None)
            return formula.Sources.Count > 0 ? FormulaSql.Wrong("source_fields", "The expression itself names its fields; send null") : ExpressionField.Write(formula, columns, settings);
        if (formula.Sources is not [var name]) return FormulaSql.Wrong("source_fields", "Exactly one field is expected");
        if (columns.FirstOrDefault(c => c.Name == name) is not { } source) return FormulaSql.Wrong("source_fields.0", $"The container has no field '{name}' to compute from");
        if (transformation.Name != CastField.Spec.Name && source.Type.Kind is not (SqlKind.String or SqlKind.Unknown))
            return FormulaSql.Wrong("source_fields.0", $"Field '{name}' is no text");
        return transformation.Name == CastField.Spec.Name ? CastField.Write(formula, source, settings)
            : transformation.Name == EntityNameField.Spec.Name ? EntityNameField.Write(formula, source) : FormattedNumber(source);
    }

    private static FormulaSql FormattedNumber(ExpressionColumn source) => FormulaSql.Of(FormattedNumberField.Sql(source.Sql), source.Name);
}

/// <summary>A property of a transformation.</summary>
/// <param name="Type"><c>text</c>, <c>flag</c> or <c>list</c>.</param>
public sealed record TransformationProperty(string Name, string Type, bool Required, string Description);
