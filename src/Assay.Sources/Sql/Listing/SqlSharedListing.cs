using System.Runtime.CompilerServices;
using Assay.Sources.Contract;

namespace Assay.Sources.Sql.Listing;

/// <summary>Lists many schemas of a database in as many statements as one of them takes.</summary>
internal sealed class SqlSharedListing(SqlSource source, SqlSession session, SqlPlace place, TimeSpan timeout)
{
    public async IAsyncEnumerable<SharedListingItem> ReadAsync(IReadOnlyList<string> schemas, ListOptions options, [EnumeratorCancellation] CancellationToken cancel)
    {
        await source.BeginReadingAsync(session, timeout, cancel);
        string[] wanted = [.. schemas.Distinct(StringComparer.Ordinal)];
        var found = await FindAsync([.. wanted.Where(name => name.Length > 0 && !name.Contains('\0'))], cancel);
        if (found.Count > 0)
            await foreach (var item in SchemaGroups.ItemsAsync(new SqlListing(source, session, place, timeout, [.. found.Keys]).ReadAsync(options, cancel), found).WithCancellation(cancel))
                yield return item;
        foreach (var missing in wanted.Except(found.Values, StringComparer.Ordinal)) yield return new SharedListingItem(missing, null, Missing(missing));
    }

    /// <returns>The source's spelling of those that are there, and the one that was asked for.</returns>
    private async Task<Dictionary<string, string>> FindAsync(string[] wanted, CancellationToken cancel)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (wanted.Length == 0) return found;
        await foreach (var row in session.RowsAsync(source.CatalogueOf(place).Together(wanted)!.Exists(place)!, timeout, cancel))
        {
            var name = row.Name(0);
            // Some servers take one spelling for the other.
            if ((wanted.FirstOrDefault(w => w == name) ?? wanted.FirstOrDefault(w => row.FieldCount > 1 && row.Flag(1) is true && w.Equals(name, StringComparison.OrdinalIgnoreCase))) is { } asked)
                found[name] = asked;
        }
        return found;
    }

    private SourceFault Missing(string schema) => source.Spec.SchemaIsDatabase
        ? new SourceFault(SourceFaultCode.CatalogNotFound, SqlSteps.Catalog, $"{place.Server} has no database '{schema}' that user '{place.User}' may see. Check the spelling, upper and lower case too.")
        : SqlFaults.NoSchema(SqlSteps.Schema, place with { Scope = place.Scope with { Schema = schema } });
}
