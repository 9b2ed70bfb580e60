using Assay.Sources.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Sqlite;

internal static class SqliteRegistration
{
    public static IServiceCollection AddSqlite(this IServiceCollection services) =>
        services.AddSqlSource(provider => new SqliteSource(provider.GetRequiredService<IOptions<SourcesOptions>>()));
}
