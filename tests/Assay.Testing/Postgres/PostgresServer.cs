using Assay.Samples.Data;
using Assay.Samples.Postgres;
using Npgsql;

namespace Assay.Testing.Postgres;

/// <summary>
/// A real PostgreSQL for tests. <see cref="SharedAsync"/> gives the one of this test process: make databases and roles of your own in
/// it and leave it running. A test that stops the server, or needs other settings, starts its own.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> shared = new(() => StartNewAsync());
    private static int counter;

    private readonly LocalPostgres server;
    private readonly Lazy<Task> samples;

    private PostgresServer(LocalPostgres server)
    {
        this.server = server;
        samples = new Lazy<Task>(() => SampleLoader.LoadAsync(server, SampleFiles.Find()));
    }

    public string Host => server.Host;
    public int Port => server.Port;
    public string Superuser => LocalPostgres.Superuser;
    public string Password => server.Password;
    /// <summary>The certificate of the authority that signed the server's own, which is for <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>.</summary>
    public string CertificateAuthorityPem => server.Certificate.AuthorityPem;

    /// <summary>The server that all tests of this process share; started on first use, gone when the process ends.</summary>
    public static Task<PostgresServer> SharedAsync() => shared.Value;

    public static async Task<PostgresServer> StartNewAsync(LocalPostgresOptions? options = null, CancellationToken cancel = default) =>
        new(await LocalPostgres.StartNewAsync(options, cancel));

    /// <summary>Makes an empty database.</summary>
    /// <param name="name">Its name, as it is; null makes one up that no other test uses.</param>
    /// <returns>The database's name.</returns>
    public async Task<string> CreateDatabaseAsync(string? name = null, CancellationToken cancel = default)
    {
        name ??= $"test_{Interlocked.Increment(ref counter)}";
        await RunSqlAsync("postgres", $"CREATE DATABASE {Quote(name)} TEMPLATE template0", cancel);
        return name;
    }

    /// <summary>
    /// Makes the databases <c>travel</c>, <c>culture</c> and <c>places</c>, with real data in several schemas each, unless they are there
    /// already (tools/Assay.Samples/Data/Sql). They are shared: read them only.
    /// </summary>
    public Task LoadSamplesAsync() => samples.Value;

    /// <summary>Makes a role that can sign in but has been granted nothing.</summary>
    /// <param name="name">Its name; null makes one up that no other test uses.</param>
    public async Task<PostgresRole> CreateRoleAsync(string? name = null, string password = "s3cur3_p4ssw0rd", CancellationToken cancel = default)
    {
        name ??= $"role_{Interlocked.Increment(ref counter)}";
        await RunSqlAsync("postgres", $"CREATE ROLE {Quote(name)} LOGIN PASSWORD '{password.Replace("'", "''")}'", cancel);
        return new PostgresRole(name, password);
    }

    /// <summary>Makes a role that can read all there is, and may do nothing else.</summary>
    public async Task<PostgresRole> CreateReaderAsync(CancellationToken cancel = default)
    {
        var role = await CreateRoleAsync(cancel: cancel);
        await RunSqlAsync("postgres", $"GRANT pg_read_all_data TO {Quote(role.Name)}", cancel);
        return role;
    }

    /// <summary>A connection string for Npgsql, without pooling.</summary>
    public string ConnectionStringFor(string database, PostgresRole? role = null) =>
        server.ConnectionStringFor(database, role?.Name ?? Superuser, role?.Password);

    /// <summary>The database as a URL, as <c>ASSAY_DATABASE</c> takes it.</summary>
    public string UrlFor(string database, PostgresRole? role = null) =>
        $"postgres://{Uri.EscapeDataString(role?.Name ?? Superuser)}:{Uri.EscapeDataString(role?.Password ?? Password)}@{Host}:{Port}/{Uri.EscapeDataString(database)}";

    /// <summary>Runs one or many statements in a database as superuser.</summary>
    public Task RunSqlAsync(string database, string sql, CancellationToken cancel = default) => server.RunSqlAsync(database, sql, cancel);

    /// <summary>Asks a database one thing as superuser.</summary>
    public async Task<T?> ScalarAsync<T>(string database, string sql, CancellationToken cancel = default)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringFor(database));
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel) is { } value and not DBNull ? (T)value : default;
    }

    /// <summary>Puts a line in front of all others in <c>pg_hba.conf</c>, such as <c>hostnossl all somebody all reject</c>.</summary>
    public Task AddAccessRuleAsync(string rule, CancellationToken cancel = default) => server.AddAccessRuleAsync(rule, cancel);

    /// <summary>How many sessions a role has at this moment.</summary>
    public Task<long> SessionsOfAsync(PostgresRole role, CancellationToken cancel = default) =>
        ScalarAsync<long>("postgres", $"SELECT count(*) FROM pg_stat_activity WHERE usename = '{role.Name.Replace("'", "''")}'", cancel);

    /// <summary>How often a role has signed in so far.</summary>
    public int SignInsOf(PostgresRole role) => server.ReadLog().Count(line => line.Contains($"connection authorized: user={role.Name} "));

    public Task StopAsync(StopMode mode = StopMode.Fast, CancellationToken cancel = default) => server.StopAsync(mode, cancel);

    /// <summary>Starts again after <see cref="StopAsync"/>, on the same port and data.</summary>
    public Task StartAsync(CancellationToken cancel = default) => server.StartAsync(cancel);

    /// <summary>Quotes an identifier for use in SQL text.</summary>
    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"")}\"";

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
