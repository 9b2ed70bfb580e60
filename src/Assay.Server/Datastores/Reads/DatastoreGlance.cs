using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Store.Reads;
using Assay.Server.Teams;
using Assay.Server.Users;
using Assay.Server.Web;

namespace Assay.Server.Datastores.Reads;

/// <summary>
/// Reads one datastore for its own route in one statement: what the caller may do, the stamp, and where its JSON is not known
/// for any stamp yet, all columns as well.
/// </summary>
internal sealed class DatastoreGlance(StoreReads reads, LookupCache lookups, ItemCache<SingleStamp> known) : IDatastoreGlance
{
    private const int FirstOfRow = 8;
    private readonly ConcurrentDictionary<(Role Role, bool Whole), string> statements = new();

    public async ValueTask<(bool Exists, TeamPermission? Level)> LookAsync(HttpContext http, Caller caller, long id)
    {
        var (sight, level) = await ReadAsync(id, caller, whole: !known.Knows(id), http.RequestAborted);
        http.Features.Set(sight);
        return (sight is not null, level);
    }

    /// <summary>The answer, or null where the datastore was deleted meanwhile.</summary>
    public async ValueTask<byte[]?> WriteAsync(DatastoreSight seen, Caller caller, CancellationToken cancel)
    {
        if (seen.Json is { } json) return json;
        var (sight, _) = seen.Row is null ? await ReadAsync(seen.Id, caller, whole: true, cancel) : (seen, null);
        if (sight?.Row is not { } row) return null;
        row.View.Fill(await lookups.GetAsync(row.Tags, row.Teams, cancel));
        json = JsonSerializer.SerializeToUtf8Bytes(row.View, Json.Options);
        // An enrichment store shows the sources that write to it: those of the caller, whose changes no stamp tells of.
        if (!row.View.EnrichmentOnly) known.Keep(sight.Id, sight.Favorite, new RenderedItem<SingleStamp>(sight.Stamp, json));
        return json;
    }

    private ValueTask<(DatastoreSight? Sight, TeamPermission? Level)> ReadAsync(long id, Caller caller, bool whole, CancellationToken cancel) => reads.ReadAsync(
        statements.GetOrAdd((caller.Role, whole), Statement, caller), new SqlArguments().Add("@user", caller.Id).Add("@id", id), rows => rows.Read() ? Read(id, rows, whole) : (null, null), cancel);

    private (DatastoreSight?, TeamPermission?) Read(long id, DbDataReader rows, bool whole)
    {
        TeamPermission? level = rows.IsDBNull(0) ? null : (TeamPermission)rows.GetInt64(0);
        var favorite = rows.GetInt64(1) != 0;
        var row = new RowCursor(rows, 3);
        var stamp = new SingleStamp(Stamp.Read(ref row, rows.GetInt64(2)), row.Number());
        if (!whole) return (new DatastoreSight(id, favorite, stamp, known.Find(id, favorite, stamp), null), level);
        var (tags, teams) = (row.Number(), row.Number());
        return (new DatastoreSight(id, favorite, stamp, null, new DatastoreRow(new DatastoreView(ref row), tags, teams)), level);
    }

    private string Statement((Role Role, bool Whole) kind, Caller caller)
    {
        var visibility = Visibility.Of(caller);
        return $"""
            {(kind.Whole ? visibility.With() : "")}
            SELECT {(kind.Role == Role.Admin ? "NULL" : DatastoreAccess.Level)}, {DatastoreRows.Favorite}, {Stamp.NamesColumn}, {reads.Kind.Stamp}, {reads.Kind.ConnectionStamp}
            {(kind.Whole ? $", {LookupCache.Versions}, {DatastoreRows.Item(reads.Kind)}, {DatastoreRows.Further(reads.Kind, visibility)}" : "")}
            FROM datastores d {reads.Kind.StampJoin} {(kind.Whole ? DatastoreRows.Joins(reads.Kind) : "LEFT JOIN connections c ON c.id = d.connection_id")}
            WHERE d.id = @id AND d.deleted IS NULL
            """;
    }
}
