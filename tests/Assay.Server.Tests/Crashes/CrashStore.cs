using System.Data.Common;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Server.Tests.Crashes;

/// <summary>A data folder, and on PostgreSQL a database, that outlive the servers started on them.</summary>
internal sealed class CrashStore : IAsyncDisposable
{
    private readonly PostgresServer? postgres;

    private CrashStore(PostgresServer? postgres) => this.postgres = postgres;

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"assay-crash-{Guid.NewGuid():N}");

    /// <summary>On the kind of store that <c>ASSAY_TEST_STORE</c> names.</summary>
    public static async Task<CrashStore> CreateAsync()
    {
        if (Environment.GetEnvironmentVariable("ASSAY_TEST_STORE") is null or "" or "sqlite") return new CrashStore(null);
        var server = await PostgresServer.StartNewAsync();
        await server.CreateDatabaseAsync("assay");
        return new CrashStore(server);
    }

    public AssayProcess Start() => AssayProcess.StartIn(Folder, postgres is null ? [] : [("ASSAY_DATABASE", postgres.UrlFor("assay"))]);

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await OpenAsync("ReadOnly");
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task RunAsync(string sql)
    {
        await using var connection = await OpenAsync("ReadWrite");
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<DbConnection> OpenAsync(string mode)
    {
        DbConnection connection = postgres is null
            ? new SqliteConnection($"Data Source={Path.Combine(Folder, "assay.db")};Mode={mode};Pooling=False;Default Timeout=30")
            : new NpgsqlConnection(postgres.ConnectionStringFor("assay"));
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null) await postgres.DisposeAsync();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
