using System.Globalization;
using System.Security.Cryptography;

namespace Assay.Server.Secrets;

/// <summary>The stored form of a secret: format version, id of the data key, and the sealed bytes.</summary>
internal readonly record struct SealedText(long KeyId, string Body)
{
    private const string Version = "v1";

    /// <summary>What every text sealed with a data key begins with.</summary>
    public static string PrefixOf(long keyId) => $"{Version}.{keyId}.";

    public override string ToString() => PrefixOf(KeyId) + Body;

    /// <exception cref="CryptographicException">The text is not of this form.</exception>
    public static SealedText Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 3 && parts[0] == Version && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new SealedText(id, parts[2])
            : throw new CryptographicException("The sealed text has an unknown form.");
    }
}
