using System.Data.Common;
using System.Globalization;

namespace Assay.Sources.Sql.Listing;

/// <summary>Cells of catalogue statements, whichever of its types a driver answers them with.</summary>
internal static class SqlCells
{
    public static string Name(this DbDataReader reader, int column) =>
        reader.GetValue(column) is string text ? text : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture) ?? "";

    /// <summary>A text; null also where it is empty.</summary>
    public static string? Text(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Name(column) is { Length: > 0 } text ? text : null;

    public static long? Number(this DbDataReader reader, int column)
    {
        if (reader.IsDBNull(column)) return null;
        var number = Convert.ToDecimal(reader.GetValue(column), CultureInfo.InvariantCulture);
        return number > long.MaxValue ? long.MaxValue : (long)number;
    }

    /// <summary>A number where it is one of 32 bits; lengths such as 4 GB are no lengths that anybody declared.</summary>
    public static int? Small(this DbDataReader reader, int column) => reader.Number(column) is { } number and >= 0 and <= int.MaxValue ? (int)number : null;

    public static bool? Flag(this DbDataReader reader, int column) => reader.Number(column) is { } number ? number != 0 : null;
}
