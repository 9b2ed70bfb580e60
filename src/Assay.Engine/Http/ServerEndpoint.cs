using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Assay.Engine.Http;

/// <summary>A ClickHouse server that somebody else runs.</summary>
internal sealed class ServerEndpoint : Endpoint, IDisposable
{
    private static readonly Version SessionTimeZone = new(23, 6);
    private static readonly Version JsonAsText = new(24, 10);

    private readonly string _name;
    private Version? _version;

    internal ServerEndpoint(EngineOptions options)
    {
        var url = options.Url!;
        _name = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        Http = new HttpClient(Handler(options)) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        // Basic authentication carries any password; ClickHouse's own headers do not go beyond ASCII.
        Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
    }

    internal override HttpClient Http { get; }

    internal override bool StopsWhenAbandoned => false;

    internal override string Finding(string queryId) => $"query_id = {EngineLiteral.Quote(queryId)}";

    /// <summary>The time zone is the child process's, so that a date in a text means the same on either; old servers have no such setting.</summary>
    internal override async Task<ImmutableDictionary<string, string>> SettingsAsync(CancellationToken cancellation)
    {
        _version ??= await VersionAsync(cancellation);
        var settings = ImmutableDictionary<string, string>.Empty;
        if (_version >= SessionTimeZone)
            settings = settings.Add("session_timezone", "UTC");
        return _version >= JsonAsText ? settings.Add("output_format_binary_write_json_as_string", "1") : settings;
    }

    internal override Task<EngineException> ExplainAsync(Exception broken) =>
        Task.FromResult(new EngineException(EngineFault.EngineUnavailable, $"The ClickHouse server at {_name} does not answer: {broken.InnerException?.Message ?? broken.Message}", inner: broken));

    public void Dispose() => Http.Dispose();

    private async Task<Version> VersionAsync(CancellationToken cancellation)
    {
        using var request = EngineRequest.ForStatement("SELECT version()", [], "TabSeparated");
        using var response = await Http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            throw ErrorText.ToException(text, "SELECT version()");
        return Version.TryParse(string.Join('.', text.Trim().Split('.').Take(2)), out var version)
            ? version
            : throw new EngineException(EngineFault.EngineUnavailable, $"What answers at {_name} is no ClickHouse server.");
    }

    private static SocketsHttpHandler Handler(EngineOptions options)
    {
        var handler = options.CreateHandler?.Invoke() ?? new SocketsHttpHandler();
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        if (options.CaFile is not null)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(options.CaFile) };
        return handler;
    }

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
