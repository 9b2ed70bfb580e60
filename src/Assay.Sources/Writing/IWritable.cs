using Assay.Sources.Contract;

namespace Assay.Sources.Writing;

/// <summary>A connector that keeps tables of Assay's own in a store of the user's: evidence, copies of rows, exports.</summary>
public interface IWritable : IConnector
{
    /// <summary>Signs in to write.</summary>
    /// <exception cref="SourceException">The store cannot be written; the message is safe to show.</exception>
    Task<ITableWriter> OpenWriterAsync(SourceTarget target, CancellationToken cancel);

    /// <summary>A table that was written, as a container to read; null where only a listing of the store tells what it has become.</summary>
    ContainerStructure? ContainerOf(TableShape table) => null;
}

/// <summary>
/// Writes tables, one call after the other. It makes tables and adds columns; what it did not make, such as a column that somebody
/// else added, it never touches. Every member throws <see cref="SourceException"/> for what the store refuses, and lets exceptions of the
/// rows through.
/// </summary>
public interface ITableWriter : IAsyncDisposable
{
    /// <summary>Makes the table unless it is there, and adds the columns that it lacks. Nothing is ever taken away or changed.</summary>
    Task PrepareAsync(TableShape table, CancellationToken cancel);

    /// <summary>
    /// Appends a batch to a table that was prepared: all of its rows or none, and once for each name of a batch, whoever tries how often.
    /// After a failure of which nobody knows how far it came, the same call again settles it.
    /// </summary>
    /// <param name="batch">The batch's name among those of the table, such as <c>scan-17-3</c>.</param>
    /// <returns>False where the batch was there already and nothing was written.</returns>
    Task<bool> AppendAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel);

    /// <summary>Puts a batch in the place of all rows that the table has. The same batch again changes nothing.</summary>
    /// <returns>False where the batch was there already and nothing was written.</returns>
    Task<bool> ReplaceAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel);

    /// <summary>Drops the table with whatever is in it, and forgets its batches; nothing where there is none.</summary>
    Task DropAsync(string table, CancellationToken cancel);
}
