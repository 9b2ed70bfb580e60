using Assay.Engine;

namespace Assay.Quality.Scanning;

/// <summary>Rows that statements of the engine can read: a staging table or a table function.</summary>
/// <param name="Name">The container's name, for messages.</param>
/// <param name="Sql">A SELECT without a semicolon; it may be used several times in a statement.</param>
public sealed record Relation(string Name, string Sql)
{
    /// <summary>Gives a statement the values that <see cref="Sql"/> needs.</summary>
    public Func<EngineQuery, EngineQuery> Bind { get; init; } = static query => query;

    /// <summary>The container's fields. Columns of <see cref="Sql"/> that are not among them are not part of records.</summary>
    public required IReadOnlyList<ContainerField> Fields { get; init; }

    /// <summary>The engine's types of the columns of <see cref="Sql"/>, by their names; null where the engine has to be asked.</summary>
    public IReadOnlyDictionary<string, string>? Types { get; init; }

    /// <summary>The datastore's name, for messages.</summary>
    public string? Datastore { get; init; }

    /// <summary>The column of <see cref="Sql"/> that names each row's partition; null where it is not known.</summary>
    public string? PartitionColumn { get; init; }

    /// <summary>Whether there may be more than one partition: what is known of a single one is known of the whole.</summary>
    public bool IsDivided { get; init; }
}
