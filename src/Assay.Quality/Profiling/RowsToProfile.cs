using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>Where the rows of a profile come from.</summary>
/// <param name="Sql">A SELECT whose columns are named as the fields.</param>
/// <param name="Bind">Gives a statement the values that <paramref name="Sql"/> needs.</param>
/// <param name="InEngine">The rows lie in the engine already; otherwise they are staged there first, since each statement would read the source again.</param>
public sealed record RowsToProfile(string Sql, Func<EngineQuery, EngineQuery> Bind, bool InEngine)
{
    /// <summary>Whether they lie in its memory, where looking at some of them costs less than at all.</summary>
    public bool InMemory { get; init; }

    /// <summary>How many rows there are: exactly where they lie in the engine, otherwise about; null where that is not known.</summary>
    public long? Rows { get; init; }

    /// <summary>The engine's types of the columns by their names; null where the engine has to be asked.</summary>
    public IReadOnlyDictionary<string, string>? Types { get; init; }

    /// <summary>Size of the source's files where known.</summary>
    public long? Bytes { get; init; }

    /// <summary>The name of a column that tells the partition of each row; null where there is none.</summary>
    public string? PartitionColumn { get; init; }

    /// <summary>A SELECT of the number of rows that reads next to nothing, where there is one: files may say it in their footers.</summary>
    public string? CountSql { get; init; }
}
