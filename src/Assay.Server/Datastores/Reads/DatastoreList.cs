using System.Text.Json;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Store.Reads;
using Assay.Server.Web;
using Assay.Server.Web.Responses;

namespace Assay.Server.Datastores.Reads;

/// <summary>
/// Pages of datastores. One statement says which datastores a page holds and what state they are in; a second one reads those
/// that are not known in that state yet.
/// </summary>
internal sealed class DatastoreList(StoreReads reads, ListLengths lengths, LookupCache lookups, ItemCache<Stamp> known)
{
    private const int MostTries = 3;

    public async Task<RenderedPage<DatastoreItem>> ReadAsync(DatastoreQuery query, Caller caller, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var page = await PageAsync(query, caller, cancel);
            var items = await ItemsAsync(page, caller, cancel);
            // A datastore that was deleted between the two statements: the page is another one now.
            if (items.Count == page.Count || attempt == MostTries)
                return new RenderedPage<DatastoreItem>(items, page.Total - (page.Count - items.Count), query.Page, query.Size);
        }
    }

    private async Task<DatastorePage> PageAsync(DatastoreQuery query, Caller caller, CancellationToken cancel)
    {
        var visibility = Visibility.Of(caller);
        var arguments = visibility.AddTo(new SqlArguments()).Add("@size", (long)query.Size).Add("@offset", query.Offset);
        var walks = !query.HasFilters && query.Keys.Count <= 2;
        var length = walks ? await lengths.GuessAsync(caller, query.EnrichmentOnly, cancel) : 0;
        string sql;
        if (walks && (visibility.All || length >= ListLengths.Long))
        {
            sql = WalkPlan.Build(query, reads.Kind, visibility, fromEnd: query.Offset + query.Size / 2 > length / 2);
            arguments.Add("@enrichment_only", query.EnrichmentOnly);
        }
        else sql = CollectPlan.Build(query, reads.Kind, visibility, arguments);
        var page = await reads.ReadAsync(sql, arguments, rows => DatastorePage.Read(rows, query), cancel);
        if (walks) lengths.Learn(caller, query.EnrichmentOnly, page.Total);
        return page;
    }

    private async Task<List<byte[]>> ItemsAsync(DatastorePage page, Caller caller, CancellationToken cancel)
    {
        var items = new List<byte[]?>(page.Count);
        var missing = new List<long>();
        foreach (var entry in page.Entries)
        {
            items.Add(known.Find(entry.Id, entry.Favorite, entry.Stamp));
            if (items[^1] is null) missing.Add(entry.Id);
        }
        if (missing.Count == 0) return items!;
        var read = await LoadAsync(missing, caller, cancel);
        return [.. page.Entries.Zip(items, (entry, item) => item ?? read.GetValueOrDefault(entry.Id)).OfType<byte[]>()];
    }

    private async Task<Dictionary<long, byte[]>> LoadAsync(List<long> ids, Caller caller, CancellationToken cancel)
    {
        var sql = $"""
            SELECT {LookupCache.Versions}, {Stamp.NamesColumn}, {reads.Kind.Stamp}, {DatastoreRows.Item(reads.Kind)}
            FROM datastores d {reads.Kind.StampJoin} {DatastoreRows.Joins(reads.Kind)}
            WHERE {reads.Kind.InList("d.id", "@ids")} AND d.deleted IS NULL
            """;
        var arguments = Visibility.Of(caller).AddTo(new SqlArguments()).Add("@ids", reads.Kind.List(ids));
        var (tags, teams) = (0L, 0L);
        var rows = await reads.ReadAsync(sql, arguments, reader =>
        {
            var found = new List<(Stamp Stamp, DatastoreItem Item)>(ids.Count);
            while (reader.Read())
            {
                (tags, teams) = (reader.GetInt64(0), reader.GetInt64(1));
                var row = new RowCursor(reader, 3);
                found.Add((Stamp.Read(ref row, reader.GetInt64(2)), new DatastoreItem(ref row)));
            }
            return found;
        }, cancel);
        var names = await lookups.GetAsync(tags, teams, cancel);
        var rendered = new Dictionary<long, byte[]>(rows.Count);
        foreach (var (stamp, item) in rows)
        {
            item.Fill(names);
            var json = JsonSerializer.SerializeToUtf8Bytes(item, Json.Options);
            known.Keep(item.Id, item.Favorite, new RenderedItem<Stamp>(stamp, json));
            rendered.Add(item.Id, json);
        }
        return rendered;
    }
}
