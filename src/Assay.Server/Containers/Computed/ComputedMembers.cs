using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Containers.Computed;

/// <summary>What a computed container is computed from. Which members count depends on its kind.</summary>
internal abstract record ComputedMembers : JsonRequest
{
    [Description("The name of a computed container.")]
    [StringLength(255, MinimumLength = 1)]
    public string? Name { get; set; }

    [Description("computed_table: a SELECT in the source's own SQL. computed_join: in place of left and right, a SELECT in Spark SQL over the sources.")]
    [StringLength(100_000)]
    public string? Query { get; set; }

    [Description("computed_join with a query: the containers that it reads, with the names that it gives them.")]
    [MaxLength(16)]
    public IReadOnlyList<ComputedSourceRequest>? Sources { get; set; }

    [Description("computed_file: the container it is computed from.")]
    [Range(1, long.MaxValue)]
    public long? SourceContainerId { get; set; }

    [Description("Expressions of Spark SQL separated by commas, each perhaps with AS name or a name alone; * for every column. In a join columns are called by prefix, _ and name.")]
    [StringLength(100_000)]
    public string? SelectClause { get; set; }

    [Description("A condition in Spark SQL.")]
    [StringLength(100_000)]
    public string? WhereClause { get; set; }

    [Description("Expressions of Spark SQL separated by commas.")]
    [StringLength(100_000)]
    public string? GroupByClause { get; set; }

    [Range(1, long.MaxValue)]
    public long? LeftContainerId { get; set; }

    public string? LeftJoinFieldName { get; set; }

    [StringLength(60)]
    public string? LeftPrefix { get; set; }

    [Range(1, long.MaxValue)]
    public long? RightContainerId { get; set; }

    public string? RightJoinFieldName { get; set; }

    [StringLength(60)]
    public string? RightPrefix { get; set; }

    [Description("full is another word for outer.")]
    [OneOf("inner", "left", "right", "outer", "full", "left_semi", "left_anti")]
    public string? JoinType { get; set; }
}

/// <summary>Makes a computed container.</summary>
internal sealed record ComputedRequest : ComputedMembers
{
    [Required, OneOf(ComputedDefinition.Table, ComputedDefinition.File, ComputedDefinition.Join)]
    public string ContainerType { get; set; } = "";

    [Description("The datastore it belongs to; a join belongs to that of its left container, one with a query to that of its first source unless this says otherwise.")]
    [Range(1, long.MaxValue)]
    public long? DatastoreId { get; set; }

    [Description("An object of the client's own.")]
    public IReadOnlyDictionary<string, System.Text.Json.JsonElement>? AdditionalMetadata { get; set; }
}

/// <summary>A computed container to try without making it.</summary>
internal sealed record ComputedTrialRequest : JsonRequest
{
    [Required]
    public ComputedRequest Container { get; set; } = new();
}

internal sealed record ComputedTrialQuery
{
    [Description("Seconds that the trial may take.")]
    [Range(1, 600)]
    public int TimeoutSeconds { get; set; } = 60;
}
