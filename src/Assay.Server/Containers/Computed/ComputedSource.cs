using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;

namespace Assay.Server.Containers.Computed;

/// <summary>A container that the query of a join may name.</summary>
/// <param name="DatastoreId">The container's datastore, where the client said it.</param>
/// <param name="Alias">What the query calls it.</param>
/// <param name="Ordinal">Its place among the sources.</param>
internal sealed record ComputedSource(long ContainerId, long? DatastoreId, string Alias, int Ordinal)
{
    /// <summary>The sources that a request names, in their order.</summary>
    /// <param name="errors">Takes the names that stand for two of them.</param>
    public static IReadOnlyList<ComputedSource> Of(IReadOnlyList<ComputedSourceRequest> wanted, List<FieldError> errors)
    {
        for (var i = 0; i < wanted.Count; i++)
            if (wanted.Take(i).Any(w => w.Alias.Equals(wanted[i].Alias, StringComparison.OrdinalIgnoreCase)))
                errors.Add(new FieldError(["body", "sources", i, "alias"], $"Two sources are called '{wanted[i].Alias}'", "value_error"));
        return [.. wanted.Select((w, i) => new ComputedSource(w.ContainerId, w.DatastoreId, w.Alias, w.Ordinal ?? i))];
    }
}

/// <summary>A container that the query of a join reads.</summary>
internal sealed record ComputedSourceRequest : JsonRequest
{
    [Description("A table, a view, files or a computed_table, of any datastore.")]
    [Required, Range(1, long.MaxValue)]
    public long ContainerId { get; set; }

    [Description("The container's datastore; it need not be said.")]
    [Range(1, long.MaxValue)]
    public long? DatastoreId { get; set; }

    [Description("What the query calls it.")]
    [Required, StringLength(60, MinimumLength = 1)]
    public string Alias { get; set; } = "";

    [Description("Its place among the sources; as they come when left out.")]
    [Range(0, 1000)]
    public int? Ordinal { get; set; }
}
