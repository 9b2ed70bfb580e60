namespace Assay.Quality.Rules;

/// <summary>Properties that several rules share.</summary>
internal static class Props
{
    public static PropertySpec Value(string info) => new("value", PropertyType.Number, "Value") { Info = info };

    public static PropertySpec Count(string info) => Value(info) with { Whole = true, Minimum = 0 };

    public static PropertySpec Inclusive { get; } = new("inclusive", PropertyType.Boolean, "Inclusive")
    {
        Required = false,
        Default = false,
        Info = "Whether equality keeps the rule.",
    };

    public static PropertySpec OtherField(IReadOnlyList<FieldType> types) => new("field_name", PropertyType.Field, "Field")
    {
        Info = "The other field of the same record.",
        FieldTypes = types,
    };

    public static PropertySpec DateTime(string info) => new("datetime", PropertyType.DateTime, "Date")
    {
        Info = info,
        Placeholder = "2024-01-31T00:00:00Z",
    };

    public static PropertySpec List(string info) => new("list", PropertyType.List, "List") { Info = info };

    public static PropertySpec ReferenceContainer { get; } = new("ref_container_id", PropertyType.Container, "Reference Container")
    {
        Info = "The container to compare with.",
    };

    public static PropertySpec ReferenceDatastore { get; } = new("ref_datastore_id", PropertyType.Datastore, "Reference Datastore")
    {
        Required = false,
        Info = "The datastore of that container; the check's own where absent.",
    };

    public static PropertySpec ReferenceFilter { get; } = new("ref_filter", PropertyType.SparkSql, "Reference Filter")
    {
        Required = false,
        Info = "Condition that picks the records to compare with.",
    };

    public static IReadOnlyList<PropertyChoice> Orders { get; } =
    [
        new("lt", "Less than"),
        new("lte", "Less than or equal to", "less than or equals", "less than or equal"),
        new("eq", "Equal to", "equals", "equal"),
        new("gte", "Greater than or equal to", "greater than or equals", "greater than or equal"),
        new("gt", "Greater than"),
    ];

    public static PropertySpec Comparison(IReadOnlyList<PropertyChoice> choices) => new("comparison", PropertyType.Enum, "Comparison") { Choices = choices, Info = "How the two are compared." };
}
