using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Assay.Server.Store;

/// <summary>Several writes that hold together: all of them or none.</summary>
internal static class Transactions
{
    private const int MostTries = 4;

    /// <summary>
    /// Runs the work in one transaction, committed unless it ends in a failure. Where another transaction on
    /// PostgreSQL gets in the way the work runs again from the start, so it must have no effects outside the store.
    /// </summary>
    public static async Task<Outcome<T>> InTransactionAsync<T>(this AssayDb db, Func<Task<Outcome<T>>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            try
            {
                var outcome = await work();
                if (outcome.Failure is null) await transaction.CommitAsync(cancel);
                return outcome;
            }
            catch (Exception problem) when (attempt < MostTries && IsPassing(problem))
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    // Deadlocks pass by themselves. What was removed or added between a look and a write is seen by the next look, which then refuses properly.
    private static bool IsPassing(Exception problem) => problem is DbUpdateConcurrencyException
        || (problem as PostgresException ?? problem.InnerException as PostgresException ?? problem.InnerException?.InnerException as PostgresException)
        is { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation };
}
