using Assay.Sources.Contract;
using Assay.Sources.Postgres;
using Assay.Sources.Reading;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Reading;

namespace Assay.Sources.Redshift;

/// <summary>How Redshift's tables are read.</summary>
internal sealed class RedshiftDialect : SqlDialect
{
    public override string Quote(string name) => PostgresNames.Quote(name);

    public override string Table(SqlPlace place, string name) => $"{Quote(place.Schema!)}.{Quote(name)}";

    public override string? Chance => "random()";

    public override object Bound(FieldStructure field, object value) => value;

    public override SqlColumn Column(FieldStructure field, int position)
    {
        var name = Quote(field.Name);
        return field.NativeType switch
        {
            "boolean" => As(name, SqlValueKind.Bool),
            "smallint" or "integer" => As(name, SqlValueKind.Int32),
            "bigint" => As(name, SqlValueKind.Int64),
            "real" => As(name, SqlValueKind.Float32),
            "double precision" => As(name, SqlValueKind.Float64),
            "character varying" or "character" or "text" => As(name, SqlValueKind.Text),
            "numeric" => As($"CAST({name} AS varchar)", SqlValueKind.Text, Conversion.Decimal),
            "date" => As($"CAST({name} AS varchar)", SqlValueKind.Text, Conversion.Date),
            var type when type.StartsWith("timestamp", StringComparison.Ordinal) => As($"CAST({name} AS varchar)", SqlValueKind.Text, Conversion.Timestamp),
            "super" => As($"JSON_SERIALIZE({name})", SqlValueKind.Text),
            "varbyte" or "binary varying" => As($"'0x' || UPPER(FROM_VARBYTE({name}, 'hex'))", SqlValueKind.Text),
            "geometry" or "geography" => As($"ST_AsText({name})", SqlValueKind.Text),
            _ => As($"CAST({name} AS varchar)", SqlValueKind.Text),
        };

        SqlColumn As(string expression, SqlValueKind kind, Conversion? conversion = null) => new(field, position, expression, kind, conversion);
    }
}
