using System.Net;
using System.Net.Sockets;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Sql;
using MySqlConnector;

namespace Assay.Sources.MySql;

/// <summary>The way into a server: past the host policy, over TCP, through TLS, signed in, into the database.</summary>
internal sealed class MySqlDoor(HostPolicy policy, TimeProvider time)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SignInLimit = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<string> Steps { get; } = [SqlSteps.Resolve, SqlSteps.Connect, SqlSteps.Tls, SqlSteps.SignIn, SqlSteps.Catalog];

    /// <param name="database">The database to enter; null stays outside.</param>
    public async Task<SqlSession> OpenAsync(MySqlSettings settings, string? database, SqlOpening opening, CancellationToken cancel)
    {
        opening.Begin(SqlSteps.Resolve);
        var verdict = await policy.ResolveAsync(settings.Host, settings.Port, cancel);
        if (!verdict.Allowed) throw new SourceException(verdict.Fault);
        opening.Pass(string.Join(", ", verdict.Addresses));

        opening.Begin(SqlSteps.Connect);
        var address = await FindAddressAsync(settings, verdict, Within(ConnectLimit, settings, opening), cancel);
        opening.Pass($"{address} port {settings.Port}");

        opening.Begin(SqlSteps.Tls);
        var watch = new MySqlWatch(settings, time);
        var connection = new MySqlConnection(ConnectionString(settings, address, Within(SignInLimit, settings, opening)))
        {
            ProvidePasswordCallback = _ => watch.Password(),
        };
        if (settings.Tls is not "disable")
            connection.RemoteCertificateValidationCallback = (_, certificate, _, errors) => watch.Accepts(certificate, errors);
        try
        {
            await SignInAsync(connection, settings, watch, opening, cancel);
            var session = new SqlSession(connection, MySqlServer.ProductOf(connection));
            opening.Begin(SqlSteps.Catalog);
            if (database is not null) await connection.ChangeDatabaseAsync(database, cancel);
            opening.Pass(database ?? "No database was named");
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task SignInAsync(MySqlConnection connection, MySqlSettings settings, MySqlWatch watch, SqlOpening opening, CancellationToken cancel)
    {
        try
        {
            await connection.OpenAsync(cancel);
        }
        catch (Exception) when (watch is { PasswordAsked: true, CertificateRefused: false })
        {
            RecordLine(settings, watch, opening);
            throw;
        }
        catch (MySqlException e) when (e is { ErrorCode: MySqlErrorCode.UnableToConnectToHost, InnerException: null } && !watch.TlsSeen && settings.Tls is not ("disable" or "prefer"))
        {
            throw new SourceException(new SourceFault(SourceFaultCode.TlsFailed, SqlSteps.Tls,
                $"{settings.Host}:{settings.Port} does not offer TLS. Have TLS switched on there, or set the parameter sslmode to prefer or disable."), e);
        }
        RecordLine(settings, watch, opening);
        opening.Pass($"As {settings.Username}", watch.SignInTook);
    }

    /// <summary>Records what the driver did about TLS, and leaves the sign-in under way.</summary>
    private static void RecordLine(MySqlSettings settings, MySqlWatch watch, SqlOpening opening)
    {
        if (settings.Tls is "disable") opening.Warn("Switched off by sslmode", watch.TlsTook);
        else if (!watch.TlsSeen) opening.Warn("Not encrypted: the server does not offer TLS", watch.TlsTook);
        else opening.Pass(settings.Tls is "verify-ca" or "verify-full" ? "Encrypted, certificate verified" : "Encrypted, certificate not verified", watch.TlsTook);
        opening.Begin(SqlSteps.SignIn);
    }

    private static async Task<IPAddress> FindAddressAsync(MySqlSettings settings, HostVerdict verdict, TimeSpan timeout, CancellationToken cancel)
    {
        using var socket = await GuardedTcp.ConnectAsync(verdict.Addresses, settings.Port, timeout, cancel);
        // A server that is closed on without a word counts it as an error of ours, and after enough of them shuts the host out.
        await GreetingAsync(socket, timeout, cancel);
        return ((IPEndPoint)socket.RemoteEndPoint!).Address;
    }

    private static async Task GreetingAsync(Socket socket, TimeSpan timeout, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        try
        {
            await socket.ReceiveAsync(new byte[512], limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException("The server took the connection but sent no greeting.");
        }
    }

    private static string ConnectionString(MySqlSettings settings, IPAddress address, TimeSpan timeout) => new MySqlConnectionStringBuilder
    {
        // The address the host policy passed: connected to instead of the name, which the certificate is checked against.
        Server = address.ToString(),
        Port = (uint)settings.Port,
        UserID = settings.Username,
        SslMode = settings.Tls switch { "disable" => MySqlSslMode.None, "prefer" => MySqlSslMode.Preferred, _ => MySqlSslMode.Required },
        ConnectionTimeout = (uint)Math.Ceiling(timeout.TotalSeconds),
        CancellationTimeout = 2,
        Keepalive = 30,
        Pooling = false,
        AutoEnlist = false,
        ApplicationName = "assay",
        // A server may ask for files of Assay's machine, or for the password in a form that others could read: neither is given.
        AllowLoadLocalInfile = false,
        AllowPublicKeyRetrieval = false,
        GuidFormat = MySqlGuidFormat.None,
        TreatTinyAsBoolean = false,
        AllowZeroDateTime = true,
    }.ConnectionString;

    private static TimeSpan Within(TimeSpan limit, MySqlSettings settings, SqlOpening opening) =>
        opening.Testing && limit < settings.ConnectTimeout ? limit : settings.ConnectTimeout;
}
