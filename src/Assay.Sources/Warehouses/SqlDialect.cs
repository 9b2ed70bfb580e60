using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql.Queries;

namespace Assay.Sources.Warehouses;

/// <summary>How a vendor's SQL spells things, and which of the engine's types take its values.</summary>
internal abstract class SqlDialect
{
    /// <summary>An identifier in quotes, exactly as it is.</summary>
    public virtual string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public virtual string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A table in quotes, with as many levels above it as the place has.</summary>
    public virtual string Table(WarehousePlace place, string name) =>
        string.Join('.', new[] { place.Catalog, place.Schema, name }.OfType<string>().Select(Quote));

    /// <summary>A user's own query as something to select from.</summary>
    /// <exception cref="SourceException">It is not one SELECT.</exception>
    public string Relation(string query) => $"{QueryText.Relation(query, Lexis)} assay_rows";

    /// <summary>An expression that is another number from 0 to 1 for each row.</summary>
    public abstract string Chance { get; }

    protected virtual QueryLexis Lexis => QueryLexis.Standard;

    /// <summary>A bound of an incremental read.</summary>
    public virtual string Literal(object value, FieldStructure field) => value switch
    {
        string text => Text(text),
        DateTimeOffset moment => Moment(moment, field),
        DateOnly day => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new WarehouseRefusal(SourceFaultCode.InvalidSettings, "The incremental bound is neither a number nor a time."),
    };

    protected virtual string Moment(DateTimeOffset moment, FieldStructure field) => $"TIMESTAMP '{Digits(moment)}'";

    protected static string Digits(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>The column in a SELECT: where the vendor would send a value in a lossy or nested form, as text.</summary>
    public virtual string Expression(FieldStructure field) => Quote(field.Name);

    /// <summary>The type that a probe for write rights has.</summary>
    public virtual string ProbeType => "INTEGER";

    /// <summary>How a field is staged: its engine type, and what text may become.</summary>
    public abstract (string Type, Conversion? Conversion) Staging(FieldStructure field);

    /// <summary>Decimals of a declared precision fit the engine's exactly; whole ones get a native integer where possible.</summary>
    protected static (string, Conversion?) Decimal(int? precision, int? scale) => (precision, scale ?? 0) switch
    {
        (null, _) => Surveyed(Conversion.Decimal),
        ( <= 18, 0) => Native("Int64"),
        (_, 0) => Surveyed(Conversion.Whole),
        ( <= 76 and var p, > 0 and var s) when s <= p => Native($"Decimal({p}, {s})"),
        _ => Surveyed(Conversion.Decimal),
    };

    protected static (string, Conversion?) Native(string type) => ($"Nullable({type})", null);

    protected static (string, Conversion?) Surveyed(Conversion conversion) => ("Nullable(String)", conversion);

    protected static (string, Conversion?) AsText => ("Nullable(String)", null);
}
