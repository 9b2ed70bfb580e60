namespace Assay.Quality.Scanning;

/// <summary>What came out for a check that is judged as a whole.</summary>
internal sealed record Verdict
{
    /// <summary>Null where it could not be asserted.</summary>
    public bool? Passed { get; private init; }

    public string Message { get; private init; } = "";

    /// <summary>Rows that were looked at; 0 where the rule looks at none.</summary>
    public long Asserted { get; init; }

    /// <summary>Rows that are wrong; null where that cannot be counted.</summary>
    public long? Anomalous { get; init; }

    /// <summary>The measured figure, for charts.</summary>
    public decimal? Measurement { get; init; }

    /// <summary>A condition that is true for the container's rows that show what is wrong; null for none.</summary>
    public string? Evidence { get; init; }

    /// <summary>A statement whose first column holds records as JSON, in place of <see cref="Evidence"/>.</summary>
    public string? EvidenceStatement { get; init; }

    public static Verdict Pass { get; } = new() { Passed = true };

    public static Verdict Fail(string message) => new() { Passed = false, Message = message };

    public static Verdict NotAsserted(string why) => new() { Message = why };

    /// <summary>Passed, or failed with a message.</summary>
    public static Verdict Of(bool passed, Func<string> message) => passed ? Pass : Fail(message());
}
