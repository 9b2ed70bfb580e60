namespace Assay.Server.Operations;

/// <summary>The states of an operation, as the API spells them.</summary>
internal static class OperationResult
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Success = "success";
    public const string Failure = "failure";
    public const string Aborted = "aborted";

    public static readonly string[] All = [Queued, Running, Success, Failure, Aborted];
}
