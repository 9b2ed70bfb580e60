using System.Data.Common;
using Assay.Server.Store;
using Assay.Server.Store.Reads;

namespace Assay.Server.Datastores.Reads;

/// <summary>What a list's statement yields: the total, and the page's datastores in order, each as its id and stamp.</summary>
internal sealed class DatastorePage
{
    private readonly List<(long Part, long Place, PageEntry Entry)> rows;

    private DatastorePage(DatastoreQuery query) => rows = new(query.Size);

    public long Total { get; private set; }
    public IEnumerable<PageEntry> Entries => rows.Select(r => r.Entry);
    public int Count => rows.Count;

    /// <summary>The columns that are read here, of a <c>page</c> joined with <c>datastores d</c>.</summary>
    public static string Columns(StoreKind dialect, string total) =>
        $"{total}, {Stamp.NamesColumn}, page.part, page.place, page.favorite, d.id, {dialect.Stamp}";

    public static DatastorePage Read(DbDataReader reader, DatastoreQuery query)
    {
        const int id = 5;
        var page = new DatastorePage(query);
        while (reader.Read())
        {
            page.Total = reader.GetInt64(0);
            if (reader.IsDBNull(id)) continue; // a page past the end: the total alone
            var row = new RowCursor(reader, id + 1);
            var entry = new PageEntry(reader.GetInt64(id), reader.GetInt64(4) != 0, Stamp.Read(ref row, reader.GetInt64(1)));
            page.rows.Add((reader.GetInt64(2), reader.GetInt64(3), entry));
        }
        page.rows.Sort((a, b) => a.Part != b.Part
            ? query.FavoritesFirst ? a.Part.CompareTo(b.Part) : b.Part.CompareTo(a.Part)
            : a.Place.CompareTo(b.Place));
        return page;
    }
}

/// <param name="Favorite">Whether it is the caller's favourite.</param>
internal readonly record struct PageEntry(long Id, bool Favorite, Stamp Stamp);
