using Assay.Server.Store.Reads;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>Cells that are the metadata store's own values.</summary>
internal static class StoredCells
{
    public static void Text(this RowLines lines, Utf8Row row, int column)
    {
        if (row.IsNull(column)) lines.Null();
        else lines.Text(row.Text(column));
    }

    /// <param name="instead">What stands in the place of NULL.</param>
    public static void Text(this RowLines lines, Utf8Row row, int column, RowCells instead)
    {
        if (row.IsNull(column)) lines.Cells(instead);
        else lines.Text(row.Text(column));
    }

    public static void Number(this RowLines lines, Utf8Row row, int column)
    {
        if (row.IsNull(column)) lines.Null();
        else lines.Number(row.Number(column));
    }

    public static void Fraction(this RowLines lines, Utf8Row row, int column)
    {
        if (row.IsNull(column)) lines.Null();
        else lines.Number(row.Fraction(column));
    }
}
