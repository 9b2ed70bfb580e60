using System.Security.Cryptography;
using Assay.Samples.Postgres;
using Assay.Testing.Processes;
using MySqlConnector;

namespace Assay.Testing.MariaDb;

/// <summary>
/// A real MariaDB for tests, run by somebody who is not root. <see cref="SharedAsync"/> gives the one of this test process: make databases
/// and users of your own in it and leave it running. A test that stops the server starts its own.
/// </summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    private const string Admin = "admin";

    private static readonly Lazy<Task<MariaDbServer>> shared = new(() => StartNewAsync());
    private static readonly TimeSpan startTimeout = TimeSpan.FromSeconds(90);
    private static int counter;

    private readonly string folder = Directory.CreateTempSubdirectory("assay-mariadb-").FullName;
    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private KeptProcess? process;

    private MariaDbServer()
    {
    }

    public string Host => "127.0.0.1";
    public int Port { get; private set; }
    public ServerCertificate Certificate { get; } = ServerCertificate.Create();

    private string LogFile => Path.Combine(folder, "server.log");

    /// <summary>The server that all tests of this process share; started on first use, gone when the process ends.</summary>
    public static Task<MariaDbServer> SharedAsync() => shared.Value;

    /// <param name="tls">False starts a server that does not offer TLS.</param>
    public static async Task<MariaDbServer> StartNewAsync(bool tls = true, CancellationToken cancel = default)
    {
        var server = new MariaDbServer();
        try
        {
            await server.InitialiseAsync(cancel);
            await server.StartAsync(tls, cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drops everything where it stands, as in a crash.</summary>
    public Task KillAsync(CancellationToken cancel = default) => process!.StopAsync("KILL", cancel);

    /// <summary>Makes an empty database.</summary>
    /// <param name="name">Its name, as it is; null makes one up that no other test uses.</param>
    /// <returns>The database's name.</returns>
    public async Task<string> CreateDatabaseAsync(string? name = null, CancellationToken cancel = default)
    {
        name ??= $"test_{Interlocked.Increment(ref counter)}";
        await RunSqlAsync(null, $"CREATE DATABASE {Quote(name)} CHARACTER SET utf8mb4", cancel);
        return name;
    }

    /// <summary>Makes a user that may do these things, such as <c>SELECT ON `db`.*</c>; null grants nothing.</summary>
    public async Task<MariaDbUser> CreateUserAsync(string? grant = null, CancellationToken cancel = default)
    {
        var user = new MariaDbUser($"user_{Interlocked.Increment(ref counter)}", "pa;ss'w\"ör=d");
        await RunSqlAsync(null, $"CREATE USER '{user.Name}'@'%' IDENTIFIED BY '{user.Password.Replace("'", "''")}'", cancel);
        if (grant is not null) await RunSqlAsync(null, $"GRANT {grant} TO '{user.Name}'@'%'", cancel);
        return user;
    }

    public string ConnectionStringFor(string? database, MariaDbUser? user = null) => new MySqlConnectionStringBuilder
    {
        Server = Host,
        Port = (uint)Port,
        Database = database ?? "",
        UserID = user?.Name ?? Admin,
        Password = user?.Password ?? password,
        SslMode = MySqlSslMode.None,
        Pooling = false,
    }.ConnectionString;

    /// <summary>Runs one or many statements in a database as administrator.</summary>
    public async Task RunSqlAsync(string? database, string sql, CancellationToken cancel = default)
    {
        await using var connection = new MySqlConnection(ConnectionStringFor(database));
        await connection.OpenAsync(cancel);
        await using var command = new MySqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Asks one thing as administrator.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancel = default)
    {
        await using var connection = new MySqlConnection(ConnectionStringFor(null));
        await connection.OpenAsync(cancel);
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel) is { } value and not DBNull ? (T)Convert.ChangeType(value, typeof(T), null) : default;
    }

    /// <summary>How many sessions a user has at this moment.</summary>
    public Task<long> SessionsOfAsync(MariaDbUser user) =>
        ScalarAsync<long>($"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '{user.Name}'");

    public static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public ValueTask DisposeAsync()
    {
        process?.Dispose();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // The keeper deletes the folder too.
        }
        return ValueTask.CompletedTask;
    }

    private async Task InitialiseAsync(CancellationToken cancel)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "server.crt"), Certificate.CertificatePem, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "server.key"), Certificate.KeyPem, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "authority.crt"), Certificate.AuthorityPem, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "init.sql"),
            $"CREATE USER IF NOT EXISTS '{Admin}'@'%' IDENTIFIED BY '{password}';\nGRANT ALL ON *.* TO '{Admin}'@'%' WITH GRANT OPTION;\nDROP USER IF EXISTS ''@'localhost';\n", cancel);
        await File.WriteAllTextAsync(LogFile, "", cancel);
        await UnprivilegedUser.OwnAsync(folder, cancel);
        await UnprivilegedUser.RunAsync(UnprivilegedUser.Command("mariadb-install-db", "--no-defaults", $"--datadir={folder}/data",
            "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"), folder, cancel);
    }

    private async Task StartAsync(bool tls, CancellationToken cancel)
    {
        // A free port may be taken by somebody else before we get to it.
        for (var attempts = 5; attempts > 0; attempts--)
        {
            Port = FreePort.Take();
            string[] lines = tls ? [$"--ssl-cert={folder}/server.crt", $"--ssl-key={folder}/server.key", $"--ssl-ca={folder}/authority.crt"] : ["--skip-ssl"];
            process = KeptProcess.Start(UnprivilegedUser.Command(ProgramPath(), [
                "--no-defaults", $"--datadir={folder}/data", $"--port={Port}", $"--bind-address={Host}", $"--socket={folder}/socket", $"--pid-file={folder}/pid",
                $"--init-file={folder}/init.sql", "--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M",
                "--innodb-doublewrite=0", "--table-open-cache=4000", "--character-set-server=utf8mb4", "--skip-log-bin", .. lines,
            ]), folder, LogFile);
            if (await AnswersAsync(cancel)) return;
        }
        throw new InvalidOperationException($"MariaDB did not start: {string.Join('\n', File.ReadAllLines(LogFile).TakeLast(20))}");
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        var until = DateTime.UtcNow + startTimeout;
        while (process!.Running && DateTime.UtcNow < until)
        {
            try
            {
                await RunSqlAsync(null, "SELECT 1", cancel);
                return true;
            }
            catch (MySqlException)
            {
                await Task.Delay(50, cancel);
            }
        }
        return false;
    }

    private static string ProgramPath() =>
        new[] { "/usr/sbin/mariadbd", "/usr/libexec/mariadbd", "/usr/local/sbin/mariadbd" }.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("MariaDB's server is missing: run scripts/install-mariadb.");
}
