using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Server.Secrets;

/// <summary>AES-256-GCM with associated data. The sealed form is base64url of nonce, tag and ciphertext.</summary>
internal static class Sealing
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static string Seal(byte[] key, ReadOnlySpan<byte> plain, string associated)
    {
        var output = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = output.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, output.AsSpan(NonceBytes + TagBytes), output.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(associated));
        return Base64Url.EncodeToString(output);
    }

    /// <exception cref="CryptographicException">The text was not sealed with this key for this place.</exception>
    public static byte[] Open(byte[] key, string sealedText, string associated)
    {
        if (!Base64Url.IsValid(sealedText)) throw new CryptographicException("The sealed text is damaged.");
        var input = Base64Url.DecodeFromChars(sealedText);
        if (input.Length < NonceBytes + TagBytes) throw new CryptographicException("The sealed text is too short.");
        var plain = new byte[input.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(input.AsSpan(0, NonceBytes), input.AsSpan(NonceBytes + TagBytes), input.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(associated));
        return plain;
    }
}
