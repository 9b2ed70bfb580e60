using Assay.Sources.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assay.Sources.MySql;

internal static class MySqlRegistration
{
    public static IServiceCollection AddMySql(this IServiceCollection services)
    {
        services.TryAddSingleton<MySqlDoor>();
        services.AddSqlSource(provider => new MySqlSource("mysql", "MySQL", provider.GetRequiredService<MySqlDoor>()));
        services.AddSqlSource(provider => new MySqlSource("mariadb", "MariaDB", provider.GetRequiredService<MySqlDoor>()));
        return services;
    }
}
