using Assay.Sources.Contract;

namespace Assay.Sources.Writing.Tables;

/// <summary>
/// The line to a store that takes SQL. Its members throw <see cref="SourceException"/> for what the store refuses; whatever else comes out
/// of a write comes from the rows.
/// </summary>
internal interface ITableLine : IAsyncDisposable
{
    /// <summary>Runs a statement that has no rows to give.</summary>
    /// <param name="step">What it is part of, for faults.</param>
    /// <returns>How many rows it touched, where the store tells; -1 where it does not.</returns>
    Task<long> ExecuteAsync(string step, string sql, CancellationToken cancel);

    /// <summary>The rows of a short answer.</summary>
    Task<IReadOnlyList<string?[]>> QueryAsync(string step, string sql, CancellationToken cancel);
}

/// <summary>A line whose statements can be one transaction.</summary>
internal interface ITransactionalLine : ITableLine
{
    Task BeginAsync(string step, CancellationToken cancel);

    Task CommitAsync(string step, CancellationToken cancel);

    /// <summary>Never throws: a line that is gone has rolled back by itself.</summary>
    Task RollBackAsync();
}
