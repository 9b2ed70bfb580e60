using System.Data.Common;
using Assay.Quality.Scores;
using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Scores;

/// <summary>Statements within one calculation's transaction.</summary>
internal sealed class ScoreSql(StoreKind kind, DbTransaction transaction, CancellationToken cancel)
{
    public StoreKind Kind => kind;

    public Task<int> RunAsync(string sql, object? values = null) => transaction.Connection!.ExecuteAsync(Command(sql, values));

    public async Task<List<T>> ReadAsync<T>(string sql, object? values, Func<DbDataReader, T> row)
    {
        await using var rows = await transaction.Connection!.ExecuteReaderAsync(Command(sql, values));
        var found = new List<T>();
        while (await rows.ReadAsync(cancel)) found.Add(row(rows));
        return found;
    }

    /// <summary>Takes the marks of some of a datastore's containers away and answers which they were; 0 is the datastore itself.</summary>
    public async Task<IReadOnlyCollection<long>> TakeMarksAsync(long datastoreId, int most) => (await ReadAsync<long>("""
        DELETE FROM score_marks WHERE datastore_id = @datastoreId
        AND container_id IN (SELECT m.container_id FROM score_marks m WHERE m.datastore_id = @datastoreId GROUP BY m.container_id ORDER BY m.container_id LIMIT @most)
        RETURNING container_id
        """, new { datastoreId, most }, row => row.GetInt64(0))).ToHashSet();

    public async Task<bool> IsLiveAsync(long datastoreId) =>
        (await ReadAsync<long>("SELECT id FROM datastores WHERE id = @datastoreId AND deleted IS NULL", new { datastoreId }, row => row.GetInt64(0))).Count > 0;

    /// <summary>The scores of a row from a column on, in the order of <see cref="ScoreDimensionColumns.All"/>.</summary>
    public static DimensionScores Dimensions(DbDataReader row, int first)
    {
        var values = ScoreDimensionColumns.All.Select((_, i) => Real(row, first + i)).ToArray();
        return new DimensionScores(d => values[(int)d]);
    }

    public static double? Real(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private CommandDefinition Command(string sql, object? values) => new(sql, values, transaction, cancellationToken: cancel);
}
