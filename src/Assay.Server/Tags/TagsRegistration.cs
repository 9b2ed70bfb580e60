namespace Assay.Server.Tags;

internal static class TagsRegistration
{
    public static IServiceCollection AddTags(this IServiceCollection services)
    {
        services.AddScoped<TagDesk>();
        services.AddScoped<TagChoice>();
        services.AddSingleton<TagUses>();
        return services;
    }
}
