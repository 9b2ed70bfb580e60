using Assay.Server.Datastores;
using Assay.Server.Users;

namespace Assay.Server.Teams;

/// <summary>A team with all that belongs to it.</summary>
/// <param name="Id">The team's id.</param>
/// <param name="Created">When the team was made.</param>
/// <param name="Name">The team's name, unique without regard to case.</param>
/// <param name="Description">What the team is for.</param>
/// <param name="Permission">What members may do with the team's datastores.</param>
/// <param name="Users">The members; of Public, everyone.</param>
/// <param name="Datastores">The datastores that members reach through the team, enrichment stores included.</param>
internal sealed record TeamView(long Id, DateTime Created, string Name, string? Description, TeamPermission Permission,
    IReadOnlyList<UserStub> Users, IReadOnlyList<DatastoreStub> Datastores);

/// <summary>A team in a list: its datastores are counted, not listed, since there can be very many.</summary>
/// <param name="Id">The team's id.</param>
/// <param name="Created">When the team was made.</param>
/// <param name="Name">The team's name, unique without regard to case.</param>
/// <param name="Description">What the team is for.</param>
/// <param name="Permission">What members may do with the team's datastores.</param>
/// <param name="Users">The members; of Public, everyone.</param>
/// <param name="DatastoreCount">How many datastores members reach through the team.</param>
internal sealed record TeamListItem(long Id, DateTime Created, string Name, string? Description, TeamPermission Permission,
    IReadOnlyList<UserStub> Users, long DatastoreCount);
