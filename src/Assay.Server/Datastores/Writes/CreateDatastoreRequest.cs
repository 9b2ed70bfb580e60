using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Assay.Server.Datastores.Writes;

/// <summary>A new datastore.</summary>
internal sealed record CreateDatastoreRequest : DatastorePlace
{
    [Description("The name shown. Several datastores may have the same.")]
    [Required, StringLength(255, MinimumLength = 1)]
    public string Name { get; set; } = "";
}
