using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Datastores.Writes;

/// <summary>The body of <c>PATCH /api/datastores/{id}/favorite</c>.</summary>
internal sealed record FavoriteRequest : JsonRequest
{
    [Description("Whether it is the caller's favourite.")]
    [Required]
    public bool Favorite { get; set; }
}

/// <summary>The body of <c>PATCH /api/datastores/{id}/assign-group</c>.</summary>
internal sealed record AssignGroupRequest : JsonRequest
{
    [Description("The group's id, or null to take the datastore out of its group. Must be sent.")]
    [Range(1, long.MaxValue)]
    public long? GroupId { get; set; }
}
