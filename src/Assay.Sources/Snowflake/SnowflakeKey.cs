using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assay.Engine.Secrets;

namespace Assay.Sources.Snowflake;

/// <summary>Signs in with a key pair: a short-lived token, signed with the private key, that names the public one by its fingerprint.</summary>
internal static class SnowflakeKey
{
    /// <summary>Snowflake takes no longer one than an hour; a minute is enough to sign in.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    public static (string Field, string Message, bool Missing)? ProblemOf(Secret key, Secret? passphrase)
    {
        var pem = Pem(key);
        if (!pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            return ("password", "Input should be the private key's PEM text (-----BEGIN PRIVATE KEY----- ...)", false);
        if (IsEncrypted(pem) && passphrase is null)
            return ("passphrase", "The private key is encrypted: its passphrase is required", true);
        try
        {
            using var rsa = Import(key, passphrase);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return IsEncrypted(pem)
                ? ("passphrase", "The private key cannot be decrypted with this passphrase", false)
                : ("password", "The private key cannot be read: it should be an RSA key in PKCS#8", false);
        }
    }

    /// <summary>The token to sign in with.</summary>
    public static string Token(SnowflakeAccess access, DateTimeOffset now)
    {
        using var rsa = Import(access.Password, access.Passphrase);
        var subject = $"{access.Account.ToUpperInvariant()}.{access.User.ToUpperInvariant()}";
        var fingerprint = Convert.ToBase64String(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()));
        var head = Part(new { alg = "RS256", typ = "JWT" });
        var claims = Part(new
        {
            iss = $"{subject}.SHA256:{fingerprint}",
            sub = subject,
            iat = now.ToUnixTimeSeconds(),
            exp = (now + Life).ToUnixTimeSeconds(),
        });
        var signature = rsa.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));

    private static RSA Import(Secret key, Secret? passphrase)
    {
        var pem = Pem(key);
        var rsa = RSA.Create();
        try
        {
            if (IsEncrypted(pem)) rsa.ImportFromEncryptedPem(pem, passphrase?.Reveal() ?? "");
            else rsa.ImportFromPem(pem);
            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    private static bool IsEncrypted(string pem) => pem.Contains("ENCRYPTED", StringComparison.Ordinal);

    /// <summary>Keys that went through environment variables have their line breaks written out.</summary>
    private static string Pem(Secret key) => key.Reveal().Replace("\\n", "\n", StringComparison.Ordinal);
}
