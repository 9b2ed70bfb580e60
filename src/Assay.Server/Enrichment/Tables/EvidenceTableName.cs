using System.Security.Cryptography;
using System.Text;

namespace Assay.Server.Enrichment.Tables;

/// <summary>Names of tables at an enrichment store: the source's prefix, an underscore, what it is.</summary>
internal static class EvidenceTableName
{
    /// <summary>What every store takes as a name of a table or column; PostgreSQL is the narrowest.</summary>
    public const int MostBytes = 63;

    /// <summary>Where the two are too long together the prefix is cut and a mark of the whole one put in, so that no two prefixes meet.</summary>
    public static string Of(string prefix, string suffix)
    {
        var name = $"{prefix}_{suffix}";
        if (Encoding.UTF8.GetByteCount(name) <= MostBytes) return name;
        var end = $"_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prefix)))[..8]}_{suffix}";
        return Utf8Text.Cut(prefix, MostBytes - end.Length) + end;
    }
}
