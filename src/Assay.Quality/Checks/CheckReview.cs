namespace Assay.Quality.Checks;

/// <summary>What a rule sees of a check that is being reviewed.</summary>
/// <param name="Check">The check.</param>
/// <param name="Fields">Those of the check's fields that the container has, in the check's order.</param>
/// <param name="Container">All fields of the container; empty where it is not known, as for templates.</param>
internal sealed record CheckReview(CheckDefinition Check, IReadOnlyList<ContainerField> Fields, IReadOnlyList<ContainerField> Container)
{
    public CheckProperties Properties => Check.Properties;

    public bool Elements => Properties.Flag("is_element_context");

    /// <summary>The type that values have as the rule sees them; null where no field is known.</summary>
    public FieldType? Type => Fields.Count == 0 ? null : Elements ? Fields[0].ElementType ?? FieldType.Unknown : Fields[0].Type;
}
