using Assay.Sources.Contract;

namespace Assay.Sources.Postgres;

/// <summary>
/// Which field type of the platform stands for a type that is neither a domain nor an array. What PostgreSQL only prints and parses as
/// text is a String; what no check could say anything about is Unknown.
/// </summary>
internal static class PostgresFieldTypes
{
    /// <summary>Bytes that every declared length of PostgreSQL's carries in its modifier.</summary>
    private const int ModifierHeader = 4;

    public static ColumnType Of(PostgresType type, int modifier) => type switch
    {
        { Kind: 'c' } => new(FieldType.Struct),
        { Kind: 'e' or 'r' or 'm' } => new(FieldType.String),
        { Kind: 'p' } => new(FieldType.Unknown),
        _ => type.Name switch
        {
            "int2" or "int4" or "int8" or "oid" or "xid" or "xid8" or "cid" => new(FieldType.Integral),
            "numeric" => Numeric(modifier),
            "float4" or "float8" or "money" => new(FieldType.Fractional),
            "bool" => new(FieldType.Boolean),
            "date" => new(FieldType.Date),
            "timestamp" or "timestamptz" => new(FieldType.Timestamp, Digits: Declared(modifier)),
            "time" or "timetz" => new(FieldType.String, Digits: Declared(modifier)),
            "varchar" or "bpchar" => new(FieldType.String, Size: modifier >= ModifierHeader ? modifier - ModifierHeader : null),
            "bit" or "varbit" => new(FieldType.String, Size: Declared(modifier)),
            "uuid" or "json" or "jsonb" or "xml" or "hstore" or "ltree" or "lquery" or "tsvector" or "tsquery" or "char" or "name"
                or "macaddr" or "macaddr8" or "pg_lsn" or "tid" => new(FieldType.String),
            // S text, I network address, T time span, G geometric, R range, N the reg... names of catalogue objects.
            _ => new(type.Category is 'S' or 'I' or 'T' or 'G' or 'R' or 'N' ? FieldType.String : FieldType.Unknown),
        },
    };

    /// <summary>Without digits after the point a number is whole; one that declares nothing may have any.</summary>
    private static ColumnType Numeric(int modifier)
    {
        if (modifier < ModifierHeader)
            return new(FieldType.Fractional);
        var packed = modifier - ModifierHeader;
        // Eleven bits with a sign: since PostgreSQL 15 the scale may be negative.
        var scale = ((packed & 0x7ff) ^ 1024) - 1024;
        return new(scale <= 0 ? FieldType.Integral : FieldType.Fractional, Size: (packed >> 16) & 0xffff, Digits: scale);
    }

    private static int? Declared(int modifier) => modifier >= 0 ? modifier : null;
}
