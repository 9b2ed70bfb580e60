using Assay.Server.Teams;
using Assay.Server.Users;

namespace Assay.Server.Identity;

/// <summary>The named policies. Every route has exactly one.</summary>
internal static class Permissions
{
    public static readonly Permission Everyone = new("everyone", null);
    public static readonly Permission Member = new("member", Role.Member);
    public static readonly Permission Manager = new("manager", Role.Manager);
    public static readonly Permission Admin = new("admin", Role.Admin);

    public static readonly Permission ReadDatastore = new("read datastore", Role.Member) { Team = TeamPermission.Reporter };
    public static readonly Permission SeeDatastore = ReadDatastore with { Name = "see datastore", Glances = true };
    public static readonly Permission ViewDatastore = ReadDatastore with { Name = "view datastore", Team = TeamPermission.Viewer };
    public static readonly Permission EditDatastore = new("edit datastore", Role.Member) { Team = TeamPermission.Editor };

    public static readonly Permission ReadContainer = ReadDatastore with { Name = "read container", On = ResourceKind.Container };
    public static readonly Permission ViewContainer = ReadContainer with { Name = "view container", Team = TeamPermission.Viewer };
    public static readonly Permission EditContainer = EditDatastore with { Name = "edit container", On = ResourceKind.Container };
    public static readonly Permission ReadField = ReadDatastore with { Name = "read field", On = ResourceKind.Field };
    public static readonly Permission EditField = EditDatastore with { Name = "edit field", On = ResourceKind.Field };
    public static readonly Permission EditComputedField = EditDatastore with { Name = "edit computed field", On = ResourceKind.ComputedField };
    public static readonly Permission ReadContainerProfile = ReadDatastore with { Name = "read container profile", On = ResourceKind.ContainerProfile };
    public static readonly Permission ReadFieldProfile = ReadDatastore with { Name = "read field profile", On = ResourceKind.FieldProfile };
    public static readonly Permission ReadPartition = ReadDatastore with { Name = "read partition", On = ResourceKind.Partition };
    public static readonly Permission EditPartition = EditDatastore with { Name = "edit partition", On = ResourceKind.Partition };
    public static readonly Permission DecidePartition = EditPartition with { Name = "decide about a partition's anomalies", Team = TeamPermission.Author };
    public static readonly Permission ReadOperation = ReadDatastore with { Name = "read operation", On = ResourceKind.Operation };
    public static readonly Permission RunOperation = EditDatastore with { Name = "run operation", On = ResourceKind.Operation };

    public static readonly Permission ReadContainerScan = ReadDatastore with { Name = "read container scan", On = ResourceKind.ContainerScan };
    public static readonly Permission EditContainerScan = EditDatastore with { Name = "edit container scan", On = ResourceKind.ContainerScan };

    /// <summary>Puts the decision on a route.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(permission);
}
