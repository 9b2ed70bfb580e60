using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Assay.Testing.ClickHouse;

/// <summary>
/// Debian's ClickHouse server (18.16, of 2018) with a user, a password and TLS: the oldest server that the engine's client
/// meets. It knows neither placeholders nor a row-wise binary format with types.
/// </summary>
public sealed class ClickHouseServer : IAsyncDisposable
{
    public const string User = "assay";
    public const string Password = "pass wörd:&'\"";

    private const string Program = "clickhouse-server";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ClickHouseServer(Process process, DirectoryInfo folder, int http, int https) =>
        (_process, _folder, HttpPort, HttpsPort) = (process, folder, http, https);

    public int HttpPort { get; }

    public int HttpsPort { get; }

    /// <summary>The server's own certificate, which is its authority too.</summary>
    public string CertificateFile => Path.Combine(_folder.FullName, "cert.pem");

    public static bool IsInstalled =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, Program)));

    public static async Task<ClickHouseServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("assay-clickhouse-");
        var (http, https) = (FreePort(), FreePort());
        WriteCertificate(folder.FullName);
        WriteConfiguration(folder.FullName, http, https);
        var process = Process.Start(new ProcessStartInfo(Program, [$"--config-file={Path.Combine(folder.FullName, "config.xml")}"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ClickHouseServer(process, folder, http, https);
        await server.AnswersAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await client.GetStringAsync($"http://127.0.0.1:{HttpPort}/ping");
                return;
            }
            catch (HttpRequestException) when (tries < 150 && !_process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void WriteCertificate(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportRSAPrivateKeyPem());
    }

    private static void WriteConfiguration(string folder, int http, int https)
    {
        File.WriteAllText(Path.Combine(folder, "config.xml"), $"""
            <yandex>
              <logger><level>error</level><log>{folder}/log</log><errorlog>{folder}/errors</errorlog></logger>
              <listen_host>127.0.0.1</listen_host>
              <http_port>{http}</http_port>
              <https_port>{https}</https_port>
              <openSSL><server>
                <certificateFile>{folder}/cert.pem</certificateFile>
                <privateKeyFile>{folder}/key.pem</privateKeyFile>
                <verificationMode>none</verificationMode>
                <disableProtocols>sslv2,sslv3</disableProtocols>
              </server></openSSL>
              <path>{folder}/data/</path>
              <tmp_path>{folder}/tmp/</tmp_path>
              <users_config>users.xml</users_config>
              <default_profile>default</default_profile>
              <default_database>default</default_database>
              <mark_cache_size>100000000</mark_cache_size>
            </yandex>
            """);
        File.WriteAllText(Path.Combine(folder, "users.xml"), $"""
            <yandex>
              <profiles><default/></profiles>
              <users><{User}>
                <password>{SecurityElement.Escape(Password)}</password>
                <networks><ip>::/0</ip></networks>
                <profile>default</profile>
                <quota>default</quota>
              </{User}></users>
              <quotas><default/></quotas>
            </yandex>
            """);
    }
}
