using System.Data.Common;
using System.Globalization;
using Assay.Sources.Contract;

namespace Assay.Sources.Sql.Reading;

/// <summary>A part of a table by a key of whole numbers.</summary>
/// <param name="Key">The field, quoted.</param>
/// <param name="From">The smallest number; null for whatever is least.</param>
/// <param name="Until">The first number that is no more part of it; null where there is no end.</param>
internal sealed record KeyRange(string Key, decimal? From, decimal? Until)
{
    public override string ToString() => string.Join(" AND ", new[]
    {
        From is { } from ? $"{Key} >= {from.ToString("F0", CultureInfo.InvariantCulture)}" : null,
        Until is { } until ? $"{Key} < {until.ToString("F0", CultureInfo.InvariantCulture)}" : null,
    }.OfType<string>());
}

/// <summary>Cuts a table into ranges of its key, which is indexed.</summary>
internal static class KeyRanges
{
    /// <summary>The key that orders a table by whole numbers, each of which one row at most has; null where it has none.</summary>
    public static FieldStructure? KeyOf(ContainerStructure container) => container.Keys.Where(k => k.Kind is KeyKind.Primary or KeyKind.Unique && k.Fields.Count == 1).OrderBy(k => k.Kind)
        .Select(k => container.Fields.FirstOrDefault(f => f.Name == k.Fields[0])).FirstOrDefault(f => f is { Nullable: false, Type: FieldType.Integral });

    /// <summary>Ranges of equal width between the smallest and the largest key, of which the first and the last are open.</summary>
    public static async Task<IReadOnlyList<KeyRange>> OfAsync(SqlSession session, SqlDialect dialect, SqlPlace place, string table, string key, int count, TimeSpan timeout, CancellationToken cancel)
    {
        var name = dialect.Quote(key);
        var (low, high) = await session.ReadAsync(new SqlStatement($"SELECT MIN({name}), MAX({name}) FROM {dialect.Table(place, table)}"), timeout, row => (Number(row, 0), Number(row, 1)), cancel);
        if (low is not { } least || high is not { } most || most - least < count) return [];
        var bounds = Enumerable.Range(1, count - 1).Select(i => decimal.Floor(least + (most - least) / count * i)).ToList();
        return [.. Enumerable.Range(0, count).Select(i => new KeyRange(name, i == 0 ? null : bounds[i - 1], i == count - 1 ? null : bounds[i]))];
    }

    private static decimal? Number(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : Convert.ToDecimal(row.GetValue(ordinal), CultureInfo.InvariantCulture);
}
