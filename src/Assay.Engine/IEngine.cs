using Assay.Engine.Staging;

namespace Assay.Engine;

/// <summary>
/// The columnar engine: a child process of Assay, or a ClickHouse server when one is configured. All failures of a
/// statement are <see cref="EngineException"/>; a cancelled token gives <see cref="OperationCanceledException"/> and kills the statement.
/// </summary>
public interface IEngine
{
    /// <summary>Cluster for the engine's <c>...Cluster</c> table functions, or null when there is none.</summary>
    string? Cluster { get; }

    /// <summary>The memory that staged rows may take there.</summary>
    StagingMemory Staging { get; }

    /// <summary>Runs a statement and streams its rows; at most a few hundred kilobytes or one row of the result are in memory.</summary>
    IAsyncEnumerable<EngineRow> QueryAsync(EngineQuery query, CancellationToken cancellation = default);

    /// <summary>As <see cref="QueryAsync"/>, with the columns at hand before the first row.</summary>
    Task<EngineReader> OpenAsync(EngineQuery query, CancellationToken cancellation = default);

    /// <summary>Runs a statement and gives its result as bytes in one of the engine's formats, as they come.</summary>
    /// <param name="query">A statement without a FORMAT clause.</param>
    /// <param name="format">For example <c>CSVWithNames</c> or <c>Parquet</c>.</param>
    Task<Stream> DownloadAsync(EngineQuery query, string format, CancellationToken cancellation = default);

    /// <summary>Runs a statement to its end; a result, if there is one, is dropped.</summary>
    Task<EngineSummary> ExecuteAsync(EngineQuery query, CancellationToken cancellation = default);

    /// <summary>Streams data into a table, without a length known in advance.</summary>
    /// <param name="insert"><c>INSERT INTO table (columns) FORMAT name</c>, with no data and no secrets in it.</param>
    /// <param name="write">Writes the data. When it throws, the statement is killed and the exception passed on.</param>
    Task<EngineSummary> InsertAsync(EngineQuery insert, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default);

    /// <summary>How far a statement has got, or null when it is not running.</summary>
    /// <param name="queryId"><see cref="EngineQuery.Id"/>.</param>
    Task<EngineProgress?> GetProgressAsync(string queryId, CancellationToken cancellation = default);

    /// <summary>Asks the engine to stop a statement; returns before it has stopped.</summary>
    Task KillAsync(string queryId, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps the engine from being stopped for idleness while it is not disposed: its tables go with it. Needed between
    /// the statements of an operation that uses staging tables.
    /// </summary>
    IDisposable Hold();
}
