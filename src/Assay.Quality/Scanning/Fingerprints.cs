using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Quality.Scanning;

/// <summary>Numbers that are equal for the same anomaly seen again, also when fields come in another order.</summary>
internal static class Fingerprints
{
    /// <summary>From the failed checks and all values of the row; equal rows have equal fingerprints.</summary>
    public static long OfRecord(IEnumerable<long> checks, string record)
    {
        using var document = JsonDocument.Parse(record);
        var members = document.RootElement.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{JsonSerializer.Serialize(p.Name)}:{p.Value.GetRawText()}");
        return Hash($"record|{string.Join(',', checks.Order())}|{string.Join(',', members)}");
    }

    /// <summary>From the check, the share of failing rows and how far the data went; null where nothing tells how far that was.</summary>
    public static long? OfShape(long check, Verdict verdict, string? maximum) => maximum is null
        ? null
        : Hash($"shape|{check}|{(verdict.Anomalous is { } wrong ? Share.Text(wrong, verdict.Asserted) : verdict.Measurement?.ToString(CultureInfo.InvariantCulture))}|{maximum}");

    /// <summary>Positive, so that every store and client takes it as it is.</summary>
    private static long Hash(string text) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & long.MaxValue;
}
