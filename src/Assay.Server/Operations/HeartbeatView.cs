namespace Assay.Server.Operations;

/// <summary>Whether an operation is being worked on.</summary>
/// <param name="Result"><c>queued</c>, <c>running</c>, <c>success</c>, <c>failure</c> or <c>aborted</c>.</param>
/// <param name="Heartbeat">When its worker last said that it is at it; null where none is.</param>
/// <param name="AbortRequested">Whether it has been told to stop.</param>
internal sealed record HeartbeatView(long Id, string Result, DateTime? Heartbeat, bool AbortRequested);
