using System.Globalization;

namespace Assay.Sources.Reading;

/// <summary>Which rows of a relation are read, in SQL of any kind.</summary>
internal static class RowConditions
{
    /// <summary>What stands behind the relation; empty where all rows are read.</summary>
    public static string Where(IEnumerable<string> conditions) => string.Join(" AND ", conditions) is { Length: > 0 } all ? $" WHERE {all}" : "";

    /// <summary>Leaves about this share of the rows.</summary>
    /// <param name="chance">An expression that is another number from 0 to 1 for each row.</param>
    public static string Sample(string chance, double share) => $"{chance} < {share.ToString("0.###############", CultureInfo.InvariantCulture)}";
}
