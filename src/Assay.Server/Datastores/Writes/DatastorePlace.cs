using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Connections;
using Assay.Server.Web.Requests;

namespace Assay.Server.Datastores.Writes;

/// <summary>Where a datastore lies: a connection, new or stored, and the part of it that is meant. Enough to test it; what else comes with a new one may come along.</summary>
internal record DatastorePlace : DatastoreTraits
{
    [Description("A new connection. Exactly one of connection and connection_id is needed.")]
    [BareNumberMeans(nameof(ConnectionId))]
    public ConnectionRequest? Connection { get; set; }

    [Description("A stored connection.")]
    [Range(1, long.MaxValue)]
    public long? ConnectionId { get; set; }

    [Description("The database or catalog (databases only).")]
    [StringLength(1024)]
    public string? Database { get; set; }

    [Description("The schema (databases and native stores only). File stores without a root_path take it as that.")]
    [StringLength(1024)]
    public string? Schema { get; set; }

    [Description("The base folder, such as /raw/events/ (file stores only, which need one).")]
    [StringLength(1024)]
    public string? RootPath { get; set; }

    [Description("Group files across folders (file stores only).")]
    public bool? FolderGlobbingEnabled { get; set; }
}
