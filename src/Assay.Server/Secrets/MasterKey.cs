using System.Security.Cryptography;
using Assay.Server.Settings;

namespace Assay.Server.Secrets;

/// <summary>A key of 32 random bytes. Its id is the start of its hash, so that no one has to name keys.</summary>
internal sealed class MasterKey
{
    public const string Variable = "ASSAY_MASTER_KEY";
    private const int Length = 32;

    private MasterKey(byte[] bytes) => (Bytes, Id) = (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)[..4]));

    public string Id { get; }
    public byte[] Bytes { get; }

    public static MasterKey New() => new(RandomNumberGenerator.GetBytes(Length));

    /// <param name="where">Where the text comes from, for the message.</param>
    /// <exception cref="StartupException">The text is not a key.</exception>
    public static MasterKey Decode(string text, string where)
    {
        var key = new byte[Length];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == Length
            ? new MasterKey(key)
            : throw new StartupException($"{where}: expected base64 of {Length} bytes; 'openssl rand -base64 {Length}' makes one.");
    }

    public string Encode() => Convert.ToBase64String(Bytes);
}
