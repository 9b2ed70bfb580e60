using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Sources.Contract;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Sqlite;

/// <summary>
/// What a declared type means to its author. SQLite itself takes any text for a type and any value in a column; what values there really
/// are is found out when they are read.
/// </summary>
internal static partial class SqliteTypes
{
    public static SqlType Of(string declared)
    {
        var name = declared.ToUpperInvariant();
        var lengths = Lengths().Match(name);
        var size = lengths.Success ? Number(lengths.Groups[1]) : null;
        var digits = lengths.Groups[2].Success ? Number(lengths.Groups[2]) : null;
        return name switch
        {
            "" => new(FieldType.Unknown),
            _ when name.Contains("BOOL") => new(FieldType.Boolean),
            _ when name.Contains("DATETIME") || name.Contains("TIMESTAMP") => new(FieldType.Timestamp),
            _ when name.StartsWith("DATE", StringComparison.Ordinal) => new(FieldType.Date),
            _ when name.Contains("INT") => new(FieldType.Integral),
            _ when name.Contains("CHAR") || name.Contains("CLOB") || name.Contains("TEXT") => new(FieldType.String, size),
            _ when name.Contains("BLOB") => new(FieldType.Unknown),
            _ when name.Contains("REAL") || name.Contains("FLOA") || name.Contains("DOUB") => new(FieldType.Fractional),
            _ when name.StartsWith("DEC", StringComparison.Ordinal) || name.StartsWith("NUM", StringComparison.Ordinal) =>
                new(digits == 0 || (size is not null && digits is null) ? FieldType.Integral : FieldType.Fractional, size, digits),
            _ => new(FieldType.String),
        };
    }

    private static int? Number(Group group) => int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)")]
    private static partial Regex Lengths();
}
