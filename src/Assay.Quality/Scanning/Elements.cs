using Assay.Quality.Expressions;
using Assay.Quality.Rules;

namespace Assay.Quality.Scanning;

/// <summary>A row breaks a rule on the elements of an array when any element does; an empty array keeps every rule.</summary>
internal static class Elements
{
    public static string Broken(RecordRule rule, RowScope row, SqlValue array)
    {
        var (sql, type) = array.Type.Kind switch
        {
            SqlKind.Array => (array.Sql, array.Type.Element ?? SqlType.Unknown),
            // Sources without arrays in the engine's sense deliver them as JSON.
            _ => ($"JSONExtract({array.SureText}, 'Array(Nullable(String))')", SqlType.String),
        };
        var declared = row.Rows.Relation.Fields.FirstOrDefault(f => f.Name == row.Check.Check.Fields[0])?.ElementType ?? FieldType.Unknown;
        var element = new RowScope
        {
            Check = row.Check,
            Rows = row.Rows,
            Filter = row.Filter,
            Values = [new SqlValue("e", type, declared)],
            Reference = row.Reference,
            Settings = row.Settings,
        };
        return $"arrayExists(e -> ifNull({rule.Broken(element)}, 0), {sql})";
    }
}
