using Assay.Server.Identity;
using Assay.Server.Store.Reads;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Datastores.Reads;

/// <summary>Reads single datastores for answers, and the listing: one hand-written statement per request, alike in shape on both stores.</summary>
internal sealed class DatastoreReader(StoreReads reads, LookupCache lookups)
{
    /// <summary>A datastore as the caller sees it, or null where there is none. Whether they may see it has been decided before.</summary>
    public async Task<DatastoreView?> FindAsync(long id, Caller caller, CancellationToken cancel)
    {
        var visibility = Visibility.Of(caller);
        var sql = $"""
            {visibility.With()}
            SELECT {LookupCache.Versions}, {DatastoreRows.Item(reads.Kind)}, {DatastoreRows.Further(reads.Kind, visibility)}
            FROM datastores d {DatastoreRows.Joins(reads.Kind)}
            WHERE d.id = @id AND d.deleted IS NULL
            """;
        var (view, tags, teams) = await reads.ReadAsync(sql, visibility.AddTo(new SqlArguments()).Add("@id", id), rows =>
        {
            if (!rows.Read()) return ((DatastoreView?)null, 0L, 0L);
            var row = new RowCursor(rows, 2);
            return (new DatastoreView(ref row), rows.GetInt64(0), rows.GetInt64(1));
        }, cancel);
        view?.Fill(await lookups.GetAsync(tags, teams, cancel));
        return view;
    }

    /// <summary>The answer of a request about one datastore: the failure it ended with, or how the datastore is now.</summary>
    public async Task<Results<Ok<DatastoreView>, Failure>> AnswerAsync(long id, Caller caller, Failure? failure, CancellationToken cancel) =>
        failure is not null ? failure
        : await FindAsync(id, caller, cancel) is { } view ? TypedResults.Ok(view)
        : Failure.NotFound("Datastore", id);

    /// <summary>All datastores that the caller may see, in few words, by name.</summary>
    /// <param name="enrichmentOnly">Only enrichment stores, only sources, or null for both.</param>
    public ValueTask<List<DatastoreStub>> ListingAsync(bool? enrichmentOnly, Caller caller, CancellationToken cancel)
    {
        var visibility = Visibility.Of(caller);
        var arguments = visibility.AddTo(new SqlArguments());
        if (enrichmentOnly is { } only) arguments.Add("@enrichment_only", only);
        var sql = $"""
            {visibility.With()}
            SELECT d.id, d.name, d.store_type, d.type, d.enrichment_only FROM datastores d
            WHERE {(enrichmentOnly is null ? "d.deleted IS NULL" : DatastoreFilter.Live)} AND {visibility.SetCondition("d")}
            ORDER BY d.name_key, d.id
            """;
        return reads.ReadAsync(sql, arguments, rows =>
        {
            var stubs = new List<DatastoreStub>();
            while (rows.Read())
            {
                var row = new RowCursor(rows);
                stubs.Add(new DatastoreStub(row.Number(), row.Text(), row.Text(), row.Text(), row.Flag()));
            }
            return stubs;
        }, cancel);
    }
}
