using Assay.Server.Teams;
using Assay.Server.Users;

namespace Assay.Server.Identity;

/// <summary>The decision who may use a route: a role, and where the route names something in a datastore, a team permission on it.</summary>
/// <param name="Name">The policy's name, for documents and tests.</param>
/// <param name="Role">The lowest role; null lets everyone in without a token.</param>
internal sealed record Permission(string Name, Role? Role)
{
    /// <summary>The team permission needed on the datastore that the route leads to; null where the role alone decides.</summary>
    public TeamPermission? Team { get; init; }
    /// <summary>What the route's id is the id of.</summary>
    public ResourceKind On { get; init; } = ResourceKind.Datastore;
    /// <summary>The route parameter that holds that id.</summary>
    public string Route { get; init; } = "id";
    /// <summary>Managers pass on their role alone, as on lists.</summary>
    public bool ManagersPass { get; init; }

    /// <summary>The decision is made from one statement with what the handler answers (<see cref="IDatastoreGlance"/>).</summary>
    public bool Glances { get; init; }

    /// <summary>The same decision, for a route that names the id otherwise.</summary>
    public Permission At(string route) => this with { Route = route };
}

/// <summary>Things whose ids stand in routes and that belong to a datastore.</summary>
internal enum ResourceKind { Datastore, Container, Field, ComputedField, Partition, Operation, ContainerProfile, FieldProfile, ContainerScan }
