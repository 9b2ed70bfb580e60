using Assay.Server.Enrichment.Tables;
using Assay.Server.Store.Reads;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>
/// One table's share of a scan's evidence, as a statement on the metadata store. Its rows have a key of two whole numbers and come in its order, so that
/// any stretch of them can be read alone.
/// </summary>
/// <param name="From">Tables and a condition, with the scan as <c>@scan</c>.</param>
/// <param name="Keys">The two columns of the key. The first is one of the table that the others are joined to, or the rows would have to be sorted.</param>
/// <param name="Columns">What is read of each row.</param>
/// <param name="Begin">Begins a batch: gives what writes the cells of the table's row of each that is read.</param>
internal sealed record EvidencePart(TableShape Table, TableOwner Owner, string From, (string First, string Second) Keys, string Columns, Func<RowLines, Action<Utf8Row>> Begin)
{
    /// <summary>Whether the rows take the place of those that the table has.</summary>
    public bool Replaces { get; init; }

    /// <summary>Whether the table is made only when there are rows for it.</summary>
    public bool OnlyWithRows { get; init; }

    /// <summary>A narrower condition that lets the store find the beginning by an index; <c>@a</c> and <c>@c</c> are the first numbers of the keys around.</summary>
    public string Near { get; init; } = "";

    /// <summary>The key of the last row of a batch that begins behind <c>@a, @b</c> and has <c>@skip</c> more rows than one.</summary>
    public string EndSql => $"SELECT {Keys.First}, {Keys.Second} FROM {From}{Near} AND ({Keys.First}, {Keys.Second}) > (@a, @b) ORDER BY {Keys.First}, {Keys.Second} LIMIT 1 OFFSET @skip";

    public string RowsSql => $"SELECT {Columns} FROM {From}{Near} AND ({Keys.First}, {Keys.Second}) > (@a, @b) AND ({Keys.First}, {Keys.Second}) <= (@c, @d) ORDER BY {Keys.First}, {Keys.Second}";
}
