using System.Data.Common;
using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Sql.Reading;

/// <summary>Writes a driver's rows for the engine.</summary>
internal static class SqlRowWriter
{
    public static void Write(RowBinaryWriter writer, DbDataReader row, int ordinal, SqlValueKind kind, FieldType type)
    {
        if (row.IsDBNull(ordinal))
        {
            writer.Null();
            return;
        }
        var value = row.GetValue(ordinal);
        switch (kind)
        {
            case SqlValueKind.Int32: writer.Int32(Convert.ToInt32(value, CultureInfo.InvariantCulture)); break;
            case SqlValueKind.Int64: writer.Int64(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case SqlValueKind.UInt64: writer.UInt64(Convert.ToUInt64(value, CultureInfo.InvariantCulture)); break;
            case SqlValueKind.Float32: writer.Float32(Convert.ToSingle(value, CultureInfo.InvariantCulture)); break;
            case SqlValueKind.Float64: writer.Float64(Convert.ToDouble(value, CultureInfo.InvariantCulture)); break;
            case SqlValueKind.Bool: writer.Bool(Convert.ToBoolean(value, CultureInfo.InvariantCulture)); break;
            default: writer.Text(SqlText.Of(value, type)); break;
        }
    }
}
