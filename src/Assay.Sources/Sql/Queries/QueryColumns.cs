using System.Data.Common;
using System.Globalization;
using Assay.Sources.Contract;

namespace Assay.Sources.Sql.Queries;

/// <summary>The columns of a query, from what the driver says of its result.</summary>
internal static class QueryColumns
{
    public static IReadOnlyList<FieldStructure> Of(DbDataReader reader, SqlDialect dialect)
    {
        var digits = Digits(reader);
        return Checked([.. Enumerable.Range(0, reader.FieldCount).Select(i => dialect.Described(
            reader.GetName(i), i + 1, reader.GetDataTypeName(i), reader.GetFieldType(i), digits[i].Precision, digits[i].Scale))]);
    }

    /// <summary>The columns, if each can be named.</summary>
    /// <exception cref="SourceException">One has no name, or two have the same.</exception>
    public static IReadOnlyList<FieldStructure> Checked(IReadOnlyList<FieldStructure> fields)
    {
        if (fields.FirstOrDefault(f => f.Name.Length == 0) is { } nameless) throw QueryText.Refused($"Column {nameless.Ordinal} of the query has no name; give it one with AS.");
        if (fields.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw QueryText.Refused($"Two columns of the query are called '{twice.Key}'; give one of them another name with AS.");
        return fields;
    }

    /// <summary>A column by the .NET type that its driver gives, which is alike for all of them.</summary>
    public static FieldStructure ByValue(string name, int ordinal, string native, Type type, int? precision, int? scale)
    {
        var kind = Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => FieldType.Boolean,
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 => FieldType.Integral,
            TypeCode.Decimal => scale == 0 ? FieldType.Integral : FieldType.Fractional,
            TypeCode.Single or TypeCode.Double => FieldType.Fractional,
            TypeCode.DateTime => IsDay(native) ? FieldType.Date : FieldType.Timestamp,
            TypeCode.String or TypeCode.Char => FieldType.String,
            _ when type == typeof(DateOnly) => FieldType.Date,
            _ when type == typeof(DateTimeOffset) => FieldType.Timestamp,
            _ when type == typeof(byte[]) || type == typeof(object) => FieldType.Unknown,
            _ => FieldType.String,
        };
        // The way of reading looks at the type's name, which not every driver gives.
        var spelled = Type.GetTypeCode(type) is TypeCode.Single or TypeCode.Double && !native.Contains("float", StringComparison.OrdinalIgnoreCase)
            && !native.Contains("double", StringComparison.OrdinalIgnoreCase) && !native.Contains("real", StringComparison.OrdinalIgnoreCase) ? "double" : native;
        return new FieldStructure(name, ordinal, kind, spelled, null, precision, scale);
    }

    private static bool IsDay(string native) => native.Equals("date", StringComparison.OrdinalIgnoreCase);

    private static (int? Precision, int? Scale)[] Digits(DbDataReader reader)
    {
        var digits = new (int?, int?)[reader.FieldCount];
        try
        {
            foreach (var column in reader.GetColumnSchema().Where(c => c.ColumnOrdinal is >= 0 && c.ColumnOrdinal < digits.Length))
                digits[column.ColumnOrdinal!.Value] = (Known(column.NumericPrecision), Known(column.NumericScale));
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or DbException or NullReferenceException)
        {
            // Then the types alone have to do.
        }
        return digits;
    }

    private static int? Known(object? value) => value is null or DBNull || Convert.ToInt32(value, CultureInfo.InvariantCulture) is < 0 or > 200 ? null : Convert.ToInt32(value, CultureInfo.InvariantCulture);
}
