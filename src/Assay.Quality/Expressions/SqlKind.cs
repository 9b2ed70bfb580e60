namespace Assay.Quality.Expressions;

/// <summary>What kind of value an expression has.</summary>
public enum SqlKind
{
    /// <summary>The literal NULL, which fits everywhere.</summary>
    Null,
    Boolean,
    Integer,
    Decimal,
    Float,
    Double,
    String,
    Date,
    Timestamp,
    Interval,
    Array,
    Map,
    Struct,

    /// <summary>Not known before the engine sees it.</summary>
    Unknown,
}
