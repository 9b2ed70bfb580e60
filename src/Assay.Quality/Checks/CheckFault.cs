namespace Assay.Quality.Checks;

/// <summary>Why a check is refused.</summary>
/// <param name="Member">The member at fault as the API spells it, such as <c>properties.min</c> or <c>filter</c>.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Position">For expressions the offset of the fault, from 0; null otherwise.</param>
public sealed record CheckFault(string Member, string Message, int? Position = null)
{
    internal static CheckFault Property(string name, string message) => new($"properties.{name}", message);
}
