using System.Data.Common;
using Assay.Sources.Contract;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Sql.Writing;

/// <summary>A session at a database as the line that tables are written over.</summary>
internal sealed class SqlLine(SqlSource source, SqlSession session, SqlPlace place, SqlFaultLog faults, TimeSpan timeout) : ITransactionalLine
{
    public SqlSession Session => session;

    public Task<long> ExecuteAsync(string step, string sql, CancellationToken cancel) =>
        GuardedAsync(step, async () => (long)await session.ExecuteAsync(new SqlStatement(sql), timeout, cancel), cancel);

    public Task<IReadOnlyList<string?[]>> QueryAsync(string step, string sql, CancellationToken cancel) => GuardedAsync<IReadOnlyList<string?[]>>(step, async () =>
    {
        var rows = new List<string?[]>();
        await foreach (var row in session.RowsAsync(new SqlStatement(sql), timeout, cancel))
            rows.Add([.. Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? null : Convert.ToString(row.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))]);
        return rows;
    }, cancel);

    public Task BeginAsync(string step, CancellationToken cancel) => GuardedAsync(step, async () =>
    {
        session.Transaction = await session.Connection.BeginTransactionAsync(cancel);
        return true;
    }, cancel);

    public Task CommitAsync(string step, CancellationToken cancel) => GuardedAsync(step, async () =>
    {
        await using var transaction = session.Transaction!;
        session.Transaction = null;
        await transaction.CommitAsync(cancel);
        return true;
    }, cancel);

    public async Task RollBackAsync()
    {
        if (session.Transaction is not { } transaction) return;
        session.Transaction = null;
        try
        {
            await using (transaction) await transaction.RollbackAsync();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException or IOException)
        {
            // A session that is gone has rolled back by itself.
        }
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>Does something at the database; what fails there becomes a <see cref="SourceException"/>.</summary>
    public async Task<T> GuardedAsync<T>(string step, Func<Task<T>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not SourceException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(source, e, step, place), e);
        }
    }
}
