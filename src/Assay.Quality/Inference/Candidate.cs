using Assay.Quality.Checks;

namespace Assay.Quality.Inference;

/// <summary>A check that fits the rows it was made from and has yet to prove itself on others.</summary>
/// <param name="Check">The check.</param>
/// <param name="Level">The lowest level that makes it.</param>
/// <param name="What">What it asserts, as the start of a sentence.</param>
internal sealed record Candidate(CheckDefinition Check, int Level, string What)
{
    /// <summary>Share of the test rows that may break it: rows that look like errors, not like the rule being wrong.</summary>
    public double Allowed { get; init; }

    /// <summary>What was seen that breaks it, and why that counts as wrong rather than the rule; null where nothing was.</summary>
    public string? Exceptions { get; init; }

    /// <summary>What is to be made in its place where another field explains the exceptions; null for nothing.</summary>
    public Candidate? Wider { get; init; }

    /// <summary>Whether its condition looks at other rows too, or at other containers.</summary>
    public bool ReadsAll { get; init; }

    /// <summary>The other container, for checks that have one.</summary>
    public ReferenceCandidate? Reference { get; init; }

    public static Candidate Of(string rule, int level, string what, IReadOnlyList<string> fields, params (string, object?)[] properties) =>
        new(new CheckDefinition { Rule = rule, Fields = fields, Properties = CheckProperties.From(properties) }, level, what);

    /// <summary>The candidate with exceptions that were seen in all rows: the test rows may hold twice their share, and few by chance.</summary>
    public Candidate But(long broken, long of, string why) => broken == 0 ? this : this with
    {
        Allowed = Math.Max(0.02, 2.0 * broken / of),
        Exceptions = $"{broken} of {of} are otherwise and are taken for errors: {why}",
    };
}
