using Assay.Server.Store.Reads;

namespace Assay.Server.Datastores.Reads;

/// <summary>What a datastore in a list was made from: the same stamp, the same text.</summary>
/// <param name="Names">Changes of what tags, teams, connections, groups and enrichment stores are called, counted over all of them.</param>
internal readonly record struct Stamp(long Row, long Operation, long OperationRow, long Names)
{
    /// <summary>The count of changes of names, as a column.</summary>
    public const string NamesColumn = "(SELECT CAST(SUM(version) AS BIGINT) FROM lookup_versions)";

    /// <summary>Reads the three columns of the dialect's <c>Stamp</c>.</summary>
    public static Stamp Read(ref RowCursor row, long names) => new(row.Number(), row.Number(), row.Number(), names);
}

/// <summary>What a datastore alone was made from: of its connection it shows more than the name.</summary>
internal readonly record struct SingleStamp(Stamp Item, long Connection);
