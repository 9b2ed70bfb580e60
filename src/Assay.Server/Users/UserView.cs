namespace Assay.Server.Users;

/// <summary>A person or a service account.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Created">When the user was made.</param>
/// <param name="UserId">The sign-in name; of a service account it ends in <c>@service</c>.</param>
/// <param name="UserName">The same as <c>user_id</c>.</param>
/// <param name="Email">A person's e-mail address.</param>
/// <param name="Name">What the user is called.</param>
/// <param name="UserType"><c>Human</c> or <c>Service</c>.</param>
/// <param name="Role">What the user may do everywhere.</param>
/// <param name="Deactivated">True where the user is shut out.</param>
/// <param name="Teams">Names of the user's teams, Public always among them.</param>
/// <param name="CreatedById">Who made the user; null for the first administrator.</param>
internal sealed record UserView(long Id, DateTime Created, string UserId, string UserName, string? Email, string Name, UserType UserType,
    Role Role, bool Deactivated, IReadOnlyList<string> Teams, long? CreatedById);

/// <summary>A user where something else is shown.</summary>
internal sealed record UserStub(long Id, DateTime Created, string UserId, string? Email, string Name, Role Role, UserType UserType)
{
    public static UserStub Of(User user) => new(user.Id, user.Created, user.UserId, user.Email, user.Name, user.Role, user.UserType);
}

/// <summary>What a client asks for first in a session.</summary>
internal sealed record BootstrapView(UserView CurrentUser);
