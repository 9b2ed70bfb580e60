using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Assay.Samples.Postgres;

/// <summary>A certificate authority made for one server, and the certificate it issued for <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>.</summary>
public sealed class ServerCertificate
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(2);

    private ServerCertificate(string authority, string certificate, string key) =>
        (AuthorityPem, CertificatePem, KeyPem) = (authority, certificate, key);

    /// <summary>The authority's certificate: what a client that verifies the server has to trust.</summary>
    public string AuthorityPem { get; }
    public string CertificatePem { get; }
    public string KeyPem { get; }

    public static ServerCertificate Create()
    {
        // Back-dated, so that a clock that is a little behind still accepts it.
        var from = DateTimeOffset.UtcNow.AddHours(-1);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Assay sample authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var authority = authorityRequest.CreateSelfSigned(from, from + Validity);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from, from + Validity / 2, RandomNumberGenerator.GetBytes(16));
        return new ServerCertificate(authority.ExportCertificatePem(), certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
