using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Datastores.Purge;

/// <summary>Datastores to delete, as the body of the call: this object, or the bare list of ids.</summary>
[BareListMeans(nameof(Ids))]
internal sealed record DeleteRequest : JsonRequest
{
    [Description("The ids of the datastores to delete.")]
    [Range(1, long.MaxValue)]
    public IReadOnlyList<long>? Ids { get; set; }
}

/// <summary>The same as parameters, for clients that cannot send a body with this method.</summary>
internal sealed record DeleteQuery
{
    [Description("The id of a datastore to delete; repeat it for more.")]
    [Range(1, long.MaxValue)]
    public IReadOnlyList<long>? Id { get; set; }

    [Description(DeleteOptions.DropHelp)]
    [NotNull]
    public bool DropEnrichmentTables { get; set; }
}

/// <summary>How a datastore is deleted.</summary>
internal sealed record DeleteOptions
{
    internal const string DropHelp = "Also drop the tables that Assay wrote for it to enrichment stores. They stay where this is left out.";

    [Description(DropHelp)]
    [NotNull]
    public bool DropEnrichmentTables { get; set; }
}

/// <param name="Deleted">The ids that are gone, in the order of the request.</param>
/// <param name="Errors">One for each datastore that stays.</param>
internal sealed record DeleteResult(IReadOnlyList<long> Deleted, IReadOnlyList<DeleteError> Errors);

internal sealed record DeleteError(long Id, string Error);
