using System.Net;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>Puts the driver's settings together. There is no other way from a connection's fields to the driver.</summary>
internal static class PostgresDataSource
{
    /// <param name="address">The address the host policy passed: connected to instead of the name, which the certificate is checked against.</param>
    public static NpgsqlDataSource Create(PostgresSettings settings, IPAddress address, string database, TimeSpan openTimeout, SignInWatch watch)
    {
        var builder = new NpgsqlDataSourceBuilder
        {
            ConnectionStringBuilder =
            {
                Host = address.ToString(),
                Port = settings.Port,
                Database = database,
                Username = settings.Username,
                ApplicationName = settings.ApplicationName,
                SslMode = watch.Tls,
                Timeout = Math.Max(1, (int)Math.Ceiling(openTimeout.TotalSeconds)),
                CancellationTimeout = 2_000,
                // Each command has a limit of its own; this one would be COPY's, which may be silent for as long as a statement may take.
                CommandTimeout = 0,
                // A listing may be silent for long; a dead line is found within two minutes all the same.
                TcpKeepAlive = true,
                TcpKeepAliveTime = 30,
                TcpKeepAliveInterval = 10,
                Pooling = false,
                Enlist = false,
                // A server may not make Assay show the Kerberos ticket of whoever runs it, and a password goes in clear text only over TLS.
                GssEncryptionMode = GssEncryptionMode.Disable,
                RequireAuth = watch.Tls is not SslMode.Disable ? "ScramSHA256,MD5,Password,None" : "ScramSHA256,MD5,None",
            },
        };
        // Reading all of a database's types costs seconds where there are many tables, and none but the built-in ones are needed.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.UseSslClientAuthenticationOptionsCallback(options =>
        {
            watch.OnTlsAgreed();
            options.TargetHost = settings.Host.Trim('[', ']');
            // Certificates of whoever runs Assay are not for servers that its users name.
            options.ClientCertificates = null;
        });
        builder.UsePasswordProvider(_ => Password(settings, watch), (_, _) => ValueTask.FromResult(Password(settings, watch)));
        if (settings.Authorities is { } authorities)
            builder.UseRootCertificates(new X509Certificate2Collection(authorities));
        return builder.Build();
    }

    private static string Password(PostgresSettings settings, SignInWatch watch)
    {
        watch.OnPasswordAsked();
        return settings.Password.Reveal();
    }
}
