using Assay.Engine;
using Assay.Sources.Network;
using Assay.Sources.Tests.Network;
using Assay.Sources.Tests.Sql;
using Assay.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Postgres;

/// <summary>A database with a role that reads it, by a connector of its own whose sessions wait until it is disposed, unless time passes.</summary>
internal sealed class ReadableServer(PostgresServer server, string database, PostgresRole role, bool timePasses = false) : IAsyncDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(timePasses ? TimeProvider.System : new HandTime()).AddSources().BuildServiceProvider();

    public PostgresServer Server => server;
    public string Database => database;
    public PostgresRole Role => role;
    public int SignIns => server.SignInsOf(role);
    public OwnEndpoints Own => services.GetRequiredService<OwnEndpoints>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ReadableServer> CreateAsync(string sql, bool timePasses = false)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, sql, Cancel);
        return new ReadableServer(server, database, await server.CreateReaderAsync(Cancel), timePasses);
    }

    public SqlTarget Target(ConnectionSettings? connection = null, string? other = null) =>
        new(connection ?? server.Connection(role), new SourceScope(other ?? database, "public"), services);

    /// <summary>Reads a table, which has to be known from a listing.</summary>
    public async Task<string> ReadAsync(IEngine engine, ContainerStructure container, SqlTarget? target = null, CancellationToken? cancel = null)
    {
        await using var rows = await (await (target ?? Target()).DescribeAsync(container)).OpenAsync(engine, cancel ?? Cancel);
        return string.Join('|', (await engine.ListAsync(rows.Query($"SELECT * FROM ({rows.Sql}) ORDER BY 1"), Cancel)).Select(r => r[0]));
    }

    public Task<long> SessionsAsync() => server.SessionsOfAsync(role, Cancel);

    public async Task ShouldHaveSessionsAsync(long count)
    {
        // The server takes a moment to see that one has ended.
        for (var i = 0; i < 200 && await SessionsAsync() != count; i++) await Task.Delay(50, Cancel);
        (await SessionsAsync()).ShouldBe(count);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
