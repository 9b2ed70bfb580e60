using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;

namespace Assay.Server.Operations.Running;

/// <summary>One attempt at an operation by this process: what was asked for, the counters, and the right to write results.</summary>
internal sealed class OperationRun(ClaimedOperation claim, OperationLease lease)
{
    private readonly ConcurrentDictionary<string, long> counters = new(StringComparer.Ordinal);

    public long Id => claim.Id;
    public long Attempt => claim.Attempt;
    public long DatastoreId => claim.DatastoreId;
    public string Type => claim.Type;
    public string Settings => claim.Settings;
    /// <summary>The user who asked for it; null for the system.</summary>
    public long? TriggeredById => claim.TriggeredById;
    /// <summary>True once a kind is about to commit the end together with its results: from then on no heartbeat is expected to match.</summary>
    public bool Ending { get; private set; }

    /// <summary>Sets a progress counter; it reaches the store with the next heartbeat.</summary>
    public void Count(string name, long value) => counters[name] = value;

    /// <summary>The counters as the JSON object of <c>status</c>.</summary>
    public string StatusJson() => JsonSerializer.Serialize(counters.OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary());

    /// <summary>
    /// Writes the end of the operation as the last statement of the transaction that holds its results: both are there or neither.
    /// </summary>
    /// <exception cref="LeaseLostException">Another attempt has taken over; the caller must not commit.</exception>
    public async Task EndWithinAsync(DbTransaction transaction, OperationEnding ending, CancellationToken cancel)
    {
        Ending = true;
        if (!await lease.EndAsync(transaction.Connection!, transaction, this, ending, cancel)) throw new LeaseLostException();
    }
}

/// <summary>What a claim tells the worker.</summary>
internal sealed record ClaimedOperation(long Id, string Type, long DatastoreId, string Settings, long Attempt, long? TriggeredById);

/// <summary>This worker no longer holds the operation: another attempt has begun, or it was ended.</summary>
internal sealed class LeaseLostException() : Exception("The operation has been taken over by another attempt.");
