using Assay.Engine;

namespace Assay.Quality.Scanning;

/// <summary>What a rule with statements of its own works with.</summary>
/// <param name="Engine">Runs the statements.</param>
/// <param name="Row">The rows.</param>
/// <param name="Asserted">Rows that the filter lets through.</param>
/// <param name="Bind">Gives a statement what the relations need.</param>
internal sealed record StatementScope(IEngine Engine, RowScope Row, long Asserted, Func<EngineQuery, EngineQuery> Bind)
{
    /// <summary>The first row.</summary>
    public async Task<IReadOnlyList<object?>> RowAsync(string sql, CancellationToken cancellation)
    {
        await using var reader = await Engine.OpenAsync(Bind(new EngineQuery(sql)), cancellation);
        return (await reader.ReadAsync(cancellation))?.Values ?? [];
    }

    /// <summary>All rows, one by one.</summary>
    public IAsyncEnumerable<EngineRow> RowsAsync(string sql, CancellationToken cancellation) => Engine.QueryAsync(Bind(new EngineQuery(sql)), cancellation);
}
