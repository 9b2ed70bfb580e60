using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Assay.Sources.Abfs;

/// <summary>
/// Signs a shared access signature with a key that Azure gives a signed-in principal ("user delegation"): the engine cannot sign
/// principals in by their secret, but it takes such a signature. It reads and lists one container, for a few hours.
/// </summary>
internal static class UserDelegation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);
    private const string Version = "2021-12-02";

    /// <summary>The body of the request for a key.</summary>
    public static string KeyRequest(DateTimeOffset now) =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?><KeyInfo><Start>{Time(now.AddMinutes(-5))}</Start><Expiry>{Time(now + Lifetime)}</Expiry></KeyInfo>";

    /// <param name="key">Azure's answer to <see cref="KeyRequest"/>.</param>
    /// <returns>The signature as the query of a URL.</returns>
    public static string Sign(XElement key, string account, string container, DateTimeOffset now)
    {
        var (start, expiry) = (Time(now.AddMinutes(-5)), Time(now + Lifetime));
        string Of(string name) => (string?)key.Element(name) ?? throw new System.Xml.XmlException($"The answer has no {name}.");
        string[] lines =
        [
            "rl", start, expiry, $"/blob/{account}/{container}",
            Of("SignedOid"), Of("SignedTid"), Of("SignedStart"), Of("SignedExpiry"), Of("SignedService"), Of("SignedVersion"),
            // Authorized and unauthorized user, correlation id, addresses, protocols.
            "", "", "", "", "",
            Version, "c",
            // Snapshot, encryption scope, and five headers of the answer.
            "", "", "", "", "", "", "",
        ];
        var signature = HMACSHA256.HashData(Convert.FromBase64String(Of("Value")), Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        (string Name, string Value)[] query =
        [
            ("sv", Version), ("sr", "c"), ("sp", "rl"), ("st", start), ("se", expiry),
            ("skoid", Of("SignedOid")), ("sktid", Of("SignedTid")), ("skt", Of("SignedStart")), ("ske", Of("SignedExpiry")), ("sks", Of("SignedService")), ("skv", Of("SignedVersion")),
            ("sig", Convert.ToBase64String(signature)),
        ];
        return string.Join('&', query.Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value)}"));
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
