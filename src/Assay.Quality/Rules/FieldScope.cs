namespace Assay.Quality.Rules;

/// <summary>How many fields a check of a rule names.</summary>
public enum FieldScope
{
    /// <summary>Exactly one.</summary>
    Single,

    /// <summary>One or more.</summary>
    Multi,

    /// <summary>None: they follow from the expression.</summary>
    Calculated,

    /// <summary>None: the rule is about the container.</summary>
    None,
}
