using System.Data.Common;
using System.Globalization;
using System.Text;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Queries;
using Assay.Sources.Sql.Reading;

namespace Assay.Sources.Sqlite;

/// <summary>
/// How SQLite's tables are read. Each value travels with a letter for its own type (i whole number, r real with its eight bytes, t text,
/// b bytes), for a column may hold any; only when all of a column are known is it given a type of the engine.
/// </summary>
internal sealed class SqliteDialect : SqlDialect
{
    public override string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override string Parameter(string name) => $"${name}";

    /// <summary>Its random numbers are 64-bit whole ones of either sign.</summary>
    public override string? Chance => "abs(random() / 2) / 4611686018427387904.0";

    public override string Table(SqlPlace place, string name) => $"main.{Quote(name)}";

    public override QueryLexis Lexis { get; } = new(Brackets: true);

    /// <summary>Expressions have no declared type; the first row's stands for it.</summary>
    public override string Describing(string relation) => $"SELECT * FROM {relation} assay_rows LIMIT 1";

    public override FieldStructure Described(string name, int ordinal, string native, Type type, int? precision, int? scale)
    {
        var known = SqliteTypes.Of(native);
        return new FieldStructure(name, ordinal, known.Type, native, null, known.Size, known.Digits);
    }

    public override SqlColumn Column(FieldStructure field, int position) =>
        new(field, position, Quote(field.Name), SqlValueKind.Text, SqliteConversions.For(field.Type));

    public override void Write(RowBinaryWriter writer, DbDataReader row, int ordinal, SqlColumn column)
    {
        if (row.IsDBNull(ordinal))
        {
            writer.Null();
            return;
        }
        switch (row.GetValue(ordinal))
        {
            case long whole: writer.Text(string.Create(CultureInfo.InvariantCulture, $"i{whole}")); break;
            case double real: writer.Text($"r{Convert.ToHexString(BitConverter.GetBytes(real))}{real.ToString("R", CultureInfo.InvariantCulture)}"); break;
            case string text when text.Contains('\uFFFD') && row.GetFieldValue<byte[]>(ordinal) is { } bytes && !bytes.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text)):
                // What is called text but is none in its encoding arrives as the bytes it is.
                writer.Text($"b0x{Convert.ToHexString(bytes)}");
                break;
            case string text: writer.Text($"t{text}"); break;
            case byte[] bytes: writer.Text($"b0x{Convert.ToHexString(bytes)}"); break;
            case var other: writer.Text($"t{SqlText.Of(other, column.Field.Type)}"); break;
        }
    }
}
