using Assay.Sources.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.ClickHouse;

internal static class ClickHouseRegistration
{
    public static IServiceCollection AddClickHouse(this IServiceCollection services) => services.AddSingleton<IConnector, ClickHouseConnector>();
}
