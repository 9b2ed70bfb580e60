using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>
/// How far a sign-in came. The driver does TLS and sign-in in one call and says little about where it failed; two of its hooks tell:
/// it asks for TLS options once the server has agreed to TLS, and for the password once the line is ready.
/// </summary>
/// <param name="tls">What is tried: never <see cref="SslMode.Prefer"/>, which is two tries.</param>
internal sealed class SignInWatch(TimeProvider time, SslMode tls)
{
    private readonly long started = time.GetTimestamp();
    private TimeSpan? lineReady;
    private TimeSpan? ended;

    public SslMode Tls => tls;

    /// <summary>The server agreed to TLS.</summary>
    public bool TlsAgreed { get; private set; }

    /// <summary>The server asked for the password, so the line was ready.</summary>
    public bool PasswordAsked => lineReady is not null;

    /// <summary>How long it took until the line was ready; all of it where the server never asked for a password.</summary>
    public TimeSpan TlsTook => lineReady ?? ended ?? time.GetElapsedTime(started);

    public TimeSpan SignInTook => (ended ?? time.GetElapsedTime(started)) - TlsTook;

    public void OnTlsAgreed() => TlsAgreed = true;

    public void OnPasswordAsked() => lineReady ??= time.GetElapsedTime(started);

    public void OnEnded() => ended = time.GetElapsedTime(started);
}
