using System.Security.Cryptography;
using Npgsql;

namespace Assay.Samples.Postgres;

/// <summary>
/// A PostgreSQL of one's own on this machine: made from the installed programs, reachable on a loopback port only, and gone with
/// all its data when it is disposed or this process ends.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    public const string Superuser = "postgres";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim accessRules = new(1);
    private readonly string folder;
    private readonly LocalPostgresOptions options;
    private PostgresProcess? process;

    private LocalPostgres(string folder, LocalPostgresOptions options) => (this.folder, this.options) = (folder, options);

    public string Host => "127.0.0.1";
    public int Port { get; private set; }
    /// <summary>The superuser's password.</summary>
    public string Password { get; private set; } = "";
    public ServerCertificate Certificate { get; } = ServerCertificate.Create();
    public bool Running => process is { Running: true };

    private string DataFolder => Path.Combine(folder, "data");
    private string LogFile => Path.Combine(folder, "server.log");

    public static async Task<LocalPostgres> StartNewAsync(LocalPostgresOptions? options = null, CancellationToken cancel = default)
    {
        var server = new LocalPostgres(Directory.CreateTempSubdirectory("assay-postgres-").FullName, options ?? new LocalPostgresOptions());
        try
        {
            await server.InitialiseAsync(cancel);
            await server.StartAsync(cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server again on the same port and the same data, after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        // The port is chosen once: clients keep it over a restart. A free one may be taken by somebody else before we get to it.
        for (var attempts = Port != 0 || options.Port is not null ? 1 : 5; attempts > 0; attempts--)
        {
            Port = Port != 0 ? Port : options.Port ?? FreePort.Take();
            process = PostgresProcess.Start(
                UnprivilegedUser.Command(PostgresBinaries.PathOf("postgres"), PostgresSettings.Arguments(folder, DataFolder, Host, Port, options)), folder, LogFile);
            if (await AnswersAsync(cancel))
                return;
            if (attempts > 1)
                Port = 0;
        }
        throw new InvalidOperationException($"PostgreSQL did not start on port {Port}: {string.Join('\n', ReadLog().TakeLast(20))}");
    }

    public Task StopAsync(StopMode mode = StopMode.Fast, CancellationToken cancel = default) =>
        process?.StopAsync(mode, cancel) ?? Task.CompletedTask;

    public string ConnectionStringFor(string database, string user = Superuser, string? password = null) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Database = database,
            Username = user,
            Password = password ?? Password,
            SslMode = SslMode.Disable,
            // A test that counts sessions, or stops the server, must not find pooled ones.
            Pooling = false,
        }.ConnectionString;

    /// <summary>Runs one or many statements in a database as superuser.</summary>
    public async Task RunSqlAsync(string database, string sql, CancellationToken cancel = default)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringFor(database));
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Puts a line in front of all others in <c>pg_hba.conf</c>, which decides who may come in how, and has it read.</summary>
    public async Task AddAccessRuleAsync(string rule, CancellationToken cancel = default)
    {
        await accessRules.WaitAsync(cancel);
        try
        {
            var file = Path.Combine(DataFolder, "pg_hba.conf");
            await File.WriteAllTextAsync(file, rule + "\n" + await File.ReadAllTextAsync(file, cancel), cancel);
            // The server reads the file some moments after it was told to.
            await RunSqlAsync("postgres", "SELECT pg_reload_conf(), pg_sleep(0.3)", cancel);
        }
        finally
        {
            accessRules.Release();
        }
    }

    /// <summary>What the server has said since it was made, line by line.</summary>
    public IReadOnlyList<string> ReadLog() => File.Exists(LogFile) ? File.ReadAllLines(LogFile) : [];

    public ValueTask DisposeAsync()
    {
        process?.Dispose();
        // The keeper deletes the folder too; this is for a server that never came to have one.
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
        }
        return ValueTask.CompletedTask;
    }

    private async Task InitialiseAsync(CancellationToken cancel)
    {
        Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var passwordFile = await WriteAsync("password", Password, cancel);
        await WriteAsync("server.crt", Certificate.CertificatePem, cancel);
        await WriteAsync("server.key", Certificate.KeyPem, cancel);
        await WriteAsync("server.log", "", cancel);
        await UnprivilegedUser.OwnAsync(folder, cancel);
        await UnprivilegedUser.RunAsync(UnprivilegedUser.Command(PostgresBinaries.PathOf("initdb"),
            "--pgdata", DataFolder, "--username", Superuser, "--pwfile", passwordFile, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions"), folder, cancel);
        File.Delete(passwordFile);
    }

    private async Task<string> WriteAsync(string name, string text, CancellationToken cancel)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text, cancel);
        return path;
    }

    /// <returns>False where the server ended instead of answering, such as on a port that somebody else took.</returns>
    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        var until = DateTime.UtcNow + StartTimeout;
        while (process!.Running && DateTime.UtcNow < until)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionStringFor("postgres"));
                await connection.OpenAsync(cancel);
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(30, cancel);
            }
        }
        return false;
    }
}
