namespace Assay.Engine;

/// <summary>Shorthands over <see cref="IEngine"/>.</summary>
public static class EngineExtensions
{
    /// <summary>The first column of the first row.</summary>
    /// <exception cref="InvalidOperationException">The result has no row.</exception>
    public static async Task<T> ScalarAsync<T>(this IEngine engine, EngineQuery query, CancellationToken cancellation = default)
    {
        await using var reader = await engine.OpenAsync(query, cancellation);
        if (await reader.ReadAsync(cancellation) is not { } row)
            throw new InvalidOperationException("The statement gave no row.");
        // To the end, so that an error behind the row is not missed.
        while (await reader.ReadAsync(cancellation) is not null)
        {
        }

        return row.Get<T>(0);
    }

    /// <summary>All rows, for results known to be small.</summary>
    public static async Task<IReadOnlyList<EngineRow>> ListAsync(this IEngine engine, EngineQuery query, CancellationToken cancellation = default)
    {
        var rows = new List<EngineRow>();
        await foreach (var row in engine.QueryAsync(query, cancellation))
            rows.Add(row);
        return rows;
    }

    /// <summary>Streams what a stream holds into a table.</summary>
    public static Task<EngineSummary> InsertAsync(this IEngine engine, EngineQuery insert, Stream data, CancellationToken cancellation = default) =>
        engine.InsertAsync(insert, (target, token) => data.CopyToAsync(target, token), cancellation);

    /// <summary>The call of a table function on an object store, spread over the cluster where there is one.</summary>
    /// <param name="function">For example <c>s3</c>, <c>azureBlobStorage</c> or <c>deltaLake</c>, which have a <c>...Cluster</c> form.</param>
    /// <param name="arguments">Literals, placeholders and <c>name = value</c> pairs.</param>
    public static string ObjectFunction(this IEngine engine, string function, params IEnumerable<string> arguments) => engine.Cluster is { } cluster
        ? $"{function}Cluster({string.Join(", ", arguments.Prepend(EngineLiteral.Quote(cluster)))})"
        : $"{function}({string.Join(", ", arguments)})";

    /// <summary>
    /// Runs an operation once more when the engine went down under it. For operations that can start over: with their
    /// staging tables, since those are gone.
    /// </summary>
    public static async Task<T> RetryOnceAsync<T>(this IEngine engine, Func<IEngine, CancellationToken, Task<T>> operation, CancellationToken cancellation = default)
    {
        try
        {
            return await operation(engine, cancellation);
        }
        catch (EngineException e) when (e.Fault == EngineFault.EngineDied)
        {
            return await operation(engine, cancellation);
        }
    }
}
