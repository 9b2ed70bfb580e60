using Assay.Sources.Contract;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Sql;

/// <summary>Makes sure that the schema is there before its tables are listed: none in a schema that is not there must never look like an empty one.</summary>
internal static class SqlScope
{
    /// <returns>The schema's name as the source spells it; null where the source has no such statement.</returns>
    /// <exception cref="SourceException">There is no such schema, or the user may not see it.</exception>
    public static async Task<string?> CheckAsync(SqlSource source, SqlSession session, SqlPlace place, TimeSpan timeout, CancellationToken cancel)
    {
        if (source.CatalogueOf(place).Exists(place) is not { } statement) return null;
        string? name = null;
        // Read to its end: to leave a statement early is to interrupt it.
        await foreach (var row in session.RowsAsync(statement, timeout, cancel))
            name ??= row.Name(0);
        return name ?? throw new SourceException(place.Schema is null ? SqlFaults.NoCatalog(SqlSteps.Catalog, place) : SqlFaults.NoSchema(SqlSteps.Schema, place));
    }
}
