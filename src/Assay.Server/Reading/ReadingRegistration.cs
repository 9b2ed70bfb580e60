namespace Assay.Server.Reading;

internal static class ReadingRegistration
{
    public static IServiceCollection AddReading(this IServiceCollection services) => services.AddSingleton<ContainerReader>().AddSingleton<ComputedFieldRows>();
}
