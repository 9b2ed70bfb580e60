namespace Assay.Quality.Rules;

/// <summary>What inference finds out by itself about the checks of a rule.</summary>
[Flags]
public enum InferredParts
{
    /// <summary>It makes no such checks.</summary>
    None = 0,

    /// <summary>It makes them, and says in their description what they assert and on what evidence.</summary>
    Description = 1,

    /// <summary>It fits their properties to the rows.</summary>
    Properties = 2,

    /// <summary>It fits their coverage to the rows.</summary>
    Coverage = 4,
}
