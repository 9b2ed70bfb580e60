using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace Assay.Sources.Aws;

/// <summary>
/// Signs a request as Amazon asks for (Signature Version 4), for the services whose SDK cannot be had here: a POST to the root needs little of it.
/// </summary>
/// <param name="service">The service as signatures name it, such as <c>athena</c>.</param>
internal sealed class AwsSignature(string service, string region)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <param name="target">The action of a JSON interface; null where the body names it.</param>
    public void Sign(HttpRequestMessage message, byte[] body, string contentType, string? target, ImmutableCredentials keys, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = time[..8];
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = contentType,
            ["host"] = message.RequestUri!.IsDefaultPort ? message.RequestUri.IdnHost : $"{message.RequestUri.IdnHost}:{message.RequestUri.Port}",
            ["x-amz-date"] = time,
        };
        if (target is not null) headers["x-amz-target"] = target;
        if (keys.UseToken) headers["x-amz-security-token"] = keys.Token;
        var names = string.Join(';', headers.Keys);
        var canonical = $"POST\n/\n\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{Hex(SHA256.HashData(body))}";
        var scope = $"{day}/{region}/{service}/aws4_request";
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { day, region, service, "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes($"AWS4{keys.SecretKey}"), Mac);

        message.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        foreach (var name in headers.Keys.Where(name => name.StartsWith("x-amz", StringComparison.Ordinal))) message.Headers.Add(name, headers[name]);
        message.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={keys.AccessKey}/{scope}, SignedHeaders={names}, Signature={Hex(Mac(key, toSign))}");
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
