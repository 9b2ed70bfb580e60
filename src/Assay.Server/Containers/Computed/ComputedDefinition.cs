using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Server.Web;
using Assay.Server.Web.Responses;

namespace Assay.Server.Containers.Computed;

/// <summary>What a computed container is computed from, as it is stored.</summary>
internal sealed record ComputedDefinition
{
    public const string Table = "computed_table";
    public const string File = "computed_file";
    public const string Join = "computed_join";

    /// <summary>For tables a SELECT in the source's own SQL; for joins of any number of sources one in Spark SQL.</summary>
    public string? Query { get; init; }
    /// <summary>What the query of a join may name; null for all else.</summary>
    public IReadOnlyList<ComputedSource>? Sources { get; init; }
    public long? SourceContainerId { get; init; }
    public string? SelectClause { get; init; }
    public string? WhereClause { get; init; }
    public string? GroupByClause { get; init; }
    public long? LeftContainerId { get; init; }
    public string? LeftJoinFieldName { get; init; }
    public string LeftPrefix { get; init; } = "left";
    public long? RightContainerId { get; init; }
    public string? RightJoinFieldName { get; init; }
    public string RightPrefix { get; init; } = "right";
    public string JoinType { get; init; } = "inner";

    /// <summary>Whether its source computes it, not the engine.</summary>
    [JsonIgnore]
    public bool IsNative => Query is not null && Sources is null;

    /// <summary>The containers that it reads, in order; none for a query that its source computes.</summary>
    [JsonIgnore]
    public IEnumerable<long> Inputs => Sources?.Select(s => s.ContainerId)
        ?? new[] { SourceContainerId, LeftContainerId, RightContainerId }.Where(i => i is not null).Select(i => i!.Value);

    public static ComputedDefinition Parse(string json) => JsonSerializer.Deserialize<ComputedDefinition>(json, Json.Options)!;

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    public static bool Is(string containerType) => containerType is Table or File or Join;

    /// <summary>The definition with what a request says of it; members of other kinds are left out.</summary>
    /// <param name="errors">Takes the members that are missing.</param>
    public ComputedDefinition With(string containerType, ComputedMembers m, List<FieldError> errors)
    {
        var next = containerType switch
        {
            Table => new ComputedDefinition { Query = m.Query ?? Query },
            File => Clauses(m) with { SourceContainerId = SourceContainerId ?? m.SourceContainerId },
            _ when m.Query is not null || m.Sources is not null || Query is not null && m.LeftContainerId is null =>
                new ComputedDefinition { Query = m.Query ?? Query, Sources = m.Sources is null ? Sources : ComputedSource.Of(m.Sources, errors) },
            _ => Clauses(m) with
            {
                LeftContainerId = m.LeftContainerId ?? LeftContainerId,
                LeftJoinFieldName = m.LeftJoinFieldName ?? LeftJoinFieldName,
                LeftPrefix = m.LeftPrefix ?? LeftPrefix,
                RightContainerId = m.RightContainerId ?? RightContainerId,
                RightJoinFieldName = m.RightJoinFieldName ?? RightJoinFieldName,
                RightPrefix = m.RightPrefix ?? RightPrefix,
                JoinType = (m.JoinType ?? JoinType) is "full" ? "outer" : m.JoinType ?? JoinType,
            },
        };
        foreach (var (name, value) in Required(containerType, next))
            if (value is null or "") errors.Add(FieldError.InBody(name, "Field required", "missing"));
        return next;
    }

    // What a full replacement leaves out is gone, but for what there has to be.
    private ComputedDefinition Clauses(ComputedMembers m) => new() { SelectClause = m.SelectClause ?? SelectClause, WhereClause = m.WhereClause, GroupByClause = m.GroupByClause };

    private static (string, object?)[] Required(string containerType, ComputedDefinition d) => containerType switch
    {
        Table => [("query", d.Query)],
        File => [("source_container_id", d.SourceContainerId), ("select_clause", d.SelectClause)],
        _ when d.Query is not null || d.Sources is not null => [("query", d.Query), ("sources", d.Sources is { Count: > 0 } ? d.Sources : null)],
        _ => [("left_container_id", d.LeftContainerId), ("left_join_field_name", d.LeftJoinFieldName), ("right_container_id", d.RightContainerId),
            ("right_join_field_name", d.RightJoinFieldName), ("select_clause", d.SelectClause)],
    };
}
