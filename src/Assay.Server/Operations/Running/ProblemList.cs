namespace Assay.Server.Operations.Running;

/// <summary>What went wrong in parts of an operation, in words: the first few, and how many more there are.</summary>
internal static class ProblemList
{
    /// <summary>Parts that a message names, at most.</summary>
    public const int MostNamed = 5;

    public static string Words(IReadOnlyCollection<string> problems) =>
        string.Join(" ", problems.Take(MostNamed)) + (problems.Count > MostNamed ? $" And {problems.Count - MostNamed} more." : "");

    /// <summary>How an operation on containers ends: as a failure only where none of them went well.</summary>
    /// <param name="verb">What was to be done, such as <c>scan</c>.</param>
    /// <param name="done">The same as it is when done, such as <c>scanned</c>.</param>
    public static OperationEnding Ending(IReadOnlyCollection<string> problems, int total, string verb, string done)
    {
        if (problems.Count == 0) return OperationEnding.Success(total == 0 ? $"There was no container to {verb}." : null);
        var words = Words(problems);
        return problems.Count == total
            ? OperationEnding.Failure(total == 1 ? words : $"No container could be {done}. {words}")
            : OperationEnding.Success($"{problems.Count} of {total} containers could not be {done}. {words}");
    }
}
