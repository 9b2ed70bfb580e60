namespace Assay.Server.Groups;

internal static class GroupsRegistration
{
    public static IServiceCollection AddGroups(this IServiceCollection services) => services.AddScoped<GroupDesk>();
}
