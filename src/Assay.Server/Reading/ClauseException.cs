namespace Assay.Server.Reading;

/// <summary>A clause of a computed container that cannot be meant.</summary>
/// <param name="member">The clause, as the API calls it.</param>
internal sealed class ClauseException(string member, string message) : Exception(message)
{
    public string Member => member;
}
