using System.ComponentModel;

namespace Assay.Server.Containers.Computed;

/// <summary>A computed container. Members that belong to other kinds of computed containers are null.</summary>
internal sealed record ComputedView : ContainerView
{
    [Description("computed_table: the SELECT in the source's own SQL. computed_join: the SELECT in Spark SQL over its sources; null where it joins left and right.")]
    public required string? Query { get; init; }
    [Description("computed_join with a query: what it reads; null otherwise.")]
    public required IReadOnlyList<ComputedSource>? Sources { get; init; }
    public required string? IncrementalFieldName { get; init; }
    public required string? IncrementalIdentifierType { get; init; }
    [Description("computed_file: the container it is computed from.")]
    public required ComputedInput? SourceContainer { get; init; }
    public required long? SourceContainerId { get; init; }
    public required string? SelectClause { get; init; }
    public required string? WhereClause { get; init; }
    public required string? GroupByClause { get; init; }
    public required long? LeftContainerId { get; init; }
    public required string? LeftJoinFieldName { get; init; }
    public required string? LeftPrefix { get; init; }
    public required long? RightContainerId { get; init; }
    public required string? RightJoinFieldName { get; init; }
    public required string? RightPrefix { get; init; }
    public required string? JoinType { get; init; }
}

/// <summary>A container that another is computed from.</summary>
internal sealed record ComputedInput(long Id, string Name, string ContainerType);
