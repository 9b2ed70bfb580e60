using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Sources.Tests.Sql;
using Assay.Testing.MariaDb;

namespace Assay.Sources.Tests.MySql;

internal static class MySqlSources
{
    public static ConnectionSettings Connection(this MariaDbServer server, MariaDbUser user, params (string Name, object Value)[] parameters) => new()
    {
        Type = "mariadb",
        Host = server.Host,
        Port = server.Port,
        Username = user.Name,
        Password = new Secret(user.Password),
        Parameters = parameters.ToDictionary(p => p.Name, p => JsonSerializer.SerializeToElement(p.Value)),
    };

    public static SqlTarget Target(this ConnectionSettings connection, string? database) => new(connection, new SourceScope(database));

    /// <summary>A database of one's own with these tables, and a user who may read it.</summary>
    public static async Task<(MariaDbServer Server, SqlTarget Target, MariaDbUser Reader)> SourceAsync(string sql, params (string Name, object Value)[] parameters)
    {
        var server = await MariaDbServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, sql);
        var reader = await server.CreateUserAsync($"SELECT, SHOW VIEW ON `{database}`.*");
        return (server, server.Connection(reader, parameters).Target(database), reader);
    }
}
