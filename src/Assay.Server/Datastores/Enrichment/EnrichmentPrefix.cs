using System.Text;

namespace Assay.Server.Datastores.Enrichment;

/// <summary>The beginning of the names of all tables that a source writes to its enrichment store: <c>Analytics Bronze</c> → <c>_analytics_bronze</c>.</summary>
internal static class EnrichmentPrefix
{
    public const int MostCharacters = 60;

    /// <summary>
    /// Snake case with a leading underscore: letters and digits of any script in lower case, everything else one underscore.
    /// What is normal already stays as it is.
    /// </summary>
    public static string Normalise(string text)
    {
        var prefix = new StringBuilder("_");
        foreach (var character in text)
        {
            if (prefix.Length == MostCharacters) break;
            if (char.IsLetterOrDigit(character)) prefix.Append(char.ToLowerInvariant(character));
            else if (prefix[^1] != '_') prefix.Append('_');
        }
        var normal = prefix.ToString().TrimEnd('_');
        return normal.Length > 0 ? normal : "_datastore";
    }
}
