namespace Assay.Server.Operations.Running;

/// <summary>One kind of operation: what its settings are and how it is run.</summary>
internal interface IOperationKind
{
    /// <summary>The type as the API spells it, such as <c>sync</c>.</summary>
    string Type { get; }

    /// <summary>Settings with every default written out, in one fixed form, so that equal work has equal text.</summary>
    string Normalise(string settingsJson);

    /// <summary>Whether an ended run can go on where it stopped: a later attempt leaves alone what an earlier one finished.</summary>
    bool CanResume => false;

    /// <summary>
    /// Does the work. Ends normally with the message to show (null where all went well); throws
    /// <see cref="Sources.Contract.SourceException"/> for what a source did, and <see cref="OperationCanceledException"/> when stopped.
    /// </summary>
    Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel);
}

/// <param name="Message">What is worth knowing about the end, in plain words; null where there is nothing.</param>
internal sealed record OperationEnding(string Result, string? Message)
{
    public static OperationEnding Success(string? message = null) => new(OperationResult.Success, message);
    public static OperationEnding Failure(string message) => new(OperationResult.Failure, message);
    public static OperationEnding Aborted(string message) => new(OperationResult.Aborted, message);
}
