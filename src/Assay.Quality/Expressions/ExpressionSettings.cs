namespace Assay.Quality.Expressions;

/// <summary>What an expression may refer to besides its columns.</summary>
/// <param name="Now">What <c>now()</c> and its kin give.</param>
public sealed record ExpressionSettings(DateTimeOffset Now)
{
    /// <summary>Texts that take the place of <c>{{ name }}</c>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a variable without a text is a fault. When a check is saved, nobody knows the texts of later scans.</summary>
    public bool VariablesRequired { get; init; } = true;
}
