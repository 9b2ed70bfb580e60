namespace Assay.Quality.Expressions;

/// <summary>The type of an expression, as far as Spark's rules depend on it.</summary>
/// <param name="Kind">The kind.</param>
public sealed record SqlType(SqlKind Kind)
{
    public static SqlType Null { get; } = new(SqlKind.Null);

    public static SqlType Boolean { get; } = new(SqlKind.Boolean);

    /// <summary>Spark's bigint.</summary>
    public static SqlType Integer { get; } = new(SqlKind.Integer);

    /// <summary>Spark's int, which is what most of its functions give.</summary>
    public static SqlType Int { get; } = new(SqlKind.Integer) { Bits = 32 };

    public static SqlType Double { get; } = new(SqlKind.Double);

    public static SqlType String { get; } = new(SqlKind.String);

    public static SqlType Date { get; } = new(SqlKind.Date);

    public static SqlType Timestamp { get; } = new(SqlKind.Timestamp);

    public static SqlType Unknown { get; } = new(SqlKind.Unknown);

    /// <summary>For integers.</summary>
    public int Bits { get; init; } = 64;

    /// <summary>For decimals: all digits.</summary>
    public int Precision { get; init; } = 38;

    /// <summary>For decimals: digits behind the point.</summary>
    public int Scale { get; init; }

    /// <summary>For arrays the elements', for maps the values' type.</summary>
    public SqlType? Element { get; init; }

    /// <summary>For maps.</summary>
    public SqlType? Key { get; init; }

    /// <summary>For structs.</summary>
    public IReadOnlyList<(string Name, SqlType Type)> Members { get; init; } = [];

    public bool IsNumeric => Kind is SqlKind.Integer or SqlKind.Decimal or SqlKind.Float or SqlKind.Double;

    public bool IsTime => Kind is SqlKind.Date or SqlKind.Timestamp;

    public static SqlType Decimal(int precision, int scale) => new(SqlKind.Decimal) { Precision = precision, Scale = scale };

    public static SqlType Array(SqlType element) => new(SqlKind.Array) { Element = element };

    public static SqlType Map(SqlType key, SqlType value) => new(SqlKind.Map) { Key = key, Element = value };

    public static SqlType Struct(IReadOnlyList<(string, SqlType)> members) => new(SqlKind.Struct) { Members = members };

    /// <summary>The type that a field's values have in expressions, where nothing but its declaration is known.</summary>
    public static SqlType Of(FieldType type, FieldType? element = null) => type switch
    {
        FieldType.Integral => Integer,
        FieldType.Fractional => Double,
        FieldType.Boolean => Boolean,
        FieldType.String => String,
        FieldType.Date => Date,
        FieldType.Timestamp => Timestamp,
        FieldType.Array => Array(element is { } e ? Of(e) : Unknown),
        FieldType.Struct => new(SqlKind.Struct),
        FieldType.MapType => Map(Unknown, Unknown),
        _ => Unknown,
    };

    /// <summary>As Spark writes it.</summary>
    public override string ToString() => Kind switch
    {
        SqlKind.Null => "void",
        SqlKind.Integer => Bits switch { 8 => "tinyint", 16 => "smallint", 32 => "int", _ => "bigint" },
        SqlKind.Decimal => $"decimal({Precision},{Scale})",
        SqlKind.Array => $"array<{Element}>",
        SqlKind.Map => $"map<{Key},{Element}>",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
