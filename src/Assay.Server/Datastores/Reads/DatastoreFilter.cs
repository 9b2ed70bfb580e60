using System.Globalization;
using Assay.Server.Store;
using Assay.Server.Store.Reads;

namespace Assay.Server.Datastores.Reads;

/// <summary>The filters of a list as conditions on <c>datastores d</c>.</summary>
internal static class DatastoreFilter
{
    public static string Conditions(DatastoreQuery query, StoreKind dialect, SqlArguments arguments)
    {
        var conditions = new List<string> { Live };
        arguments.Add("@enrichment_only", query.EnrichmentOnly);
        if (query.Id is { } ids) conditions.Add(In("d.id", "@ids", ids));
        if (query.Name is { } name)
        {
            conditions.Add("d.name_key = @name_key AND d.name = @name"); // the key has the index
            arguments.Add("@name_key", name.ToLowerInvariant()).Add("@name", name);
        }
        if (query.Search is { } search)
        {
            conditions.Add($"({dialect.Contains("d.name_key", "@search")} OR {dialect.Contains("CAST(d.id AS TEXT)", "@search")})");
            arguments.Add("@search", search.ToLower(CultureInfo.InvariantCulture));
        }
        if (query.DatastoreType is { } types)
            conditions.Add($"({In("d.type", "@types", [.. types.Select(t => t.ToLowerInvariant())])} OR {dialect.InList("d.store_type", "@types")})");
        if (query.Tag is { } tags)
            conditions.Add($"d.id IN (SELECT x.datastore_id FROM tags t JOIN datastore_tags x ON x.tag_id = t.id WHERE {In("t.name", "@tags", tags)})");
        if (query.Group is { } groups) conditions.Add(In("d.group_id", "@groups", groups));
        return string.Join(" AND ", conditions);

        string In<T>(string expression, string parameter, IReadOnlyList<T> values)
        {
            arguments.Add(parameter, dialect.List(values));
            return dialect.InList(expression, parameter);
        }
    }

    /// <summary>What every list is restricted to; the indexes of the sort keys begin with it.</summary>
    public const string Live = "d.deleted IS NULL AND d.enrichment_only = @enrichment_only";
}
