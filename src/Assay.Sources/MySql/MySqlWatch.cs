using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Assay.Sources.MySql;

/// <summary>
/// How far a sign-in came, and the check of the server's certificate. The driver does TLS and sign-in in one call and is given an address,
/// not a name; two of its hooks tell where it is, and the certificate is checked here against the name that the user gave.
/// </summary>
internal sealed class MySqlWatch(MySqlSettings settings, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private TimeSpan? lineReady;

    /// <summary>The server showed a certificate.</summary>
    public bool TlsSeen { get; private set; }

    /// <summary>The certificate was looked at and refused.</summary>
    public bool CertificateRefused { get; private set; }

    /// <summary>The password was asked for, so the line was ready.</summary>
    public bool PasswordAsked => lineReady is not null;

    public TimeSpan TlsTook => lineReady ?? time.GetElapsedTime(started);

    public TimeSpan SignInTook => time.GetElapsedTime(started) - TlsTook;

    public string Password()
    {
        lineReady ??= time.GetElapsedTime(started);
        return settings.Password.Reveal();
    }

    public bool Accepts(X509Certificate? shown, SslPolicyErrors errors)
    {
        TlsSeen = true;
        var accepted = settings.Tls switch
        {
            "verify-ca" => Descends(shown),
            "verify-full" => Descends(shown) && shown is X509Certificate2 certificate && certificate.MatchesHostname(settings.Host.Trim('[', ']')),
            _ => true,
        };
        CertificateRefused = !accepted;
        return accepted;
    }

    private bool Descends(X509Certificate? shown)
    {
        if (shown is not X509Certificate2 certificate) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        if (settings.Authorities is { } authorities)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }
        return chain.Build(certificate);
    }
}
