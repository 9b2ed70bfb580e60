namespace Assay.Quality.Expressions;

/// <summary>Where an expression stands, which decides what it may hold.</summary>
public enum ExpressionMode
{
    /// <summary>A value or condition of one record.</summary>
    Row,

    /// <summary>A figure over all records: columns stand inside of aggregates.</summary>
    Aggregate,

    /// <summary>A column that is computed for every record; window functions are allowed.</summary>
    Select,

    /// <summary>A column of a sub-query: a plain one or an aggregate.</summary>
    Query,
}
