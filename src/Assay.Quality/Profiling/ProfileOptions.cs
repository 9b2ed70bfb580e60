namespace Assay.Quality.Profiling;

/// <summary>How much a profile computes, and how much of the engine it may use for it.</summary>
public sealed record ProfileOptions
{
    /// <summary>Rows that are computed on at most, taken evenly from all that were read; null for all.</summary>
    public long? MostRows { get; init; }

    /// <summary>A histogram of single values is kept for fields with no more distinct values than this.</summary>
    public int HistogramValues { get; init; } = 100;

    /// <summary>Correlations weaker than this, sign aside, are not kept.</summary>
    public double Correlation { get; init; } = 0.5;

    /// <summary>
    /// Rows that quantiles and the counts of equal parts are computed on, spread evenly over the table; tables with no more rows are
    /// computed exactly. The standard error of a quantile's rank, and of a part's share of the rows, is at most 0.5 / √rows seen; those are at
    /// least half of these: 0.14 % here.
    /// </summary>
    public long QuantileRows { get; init; } = 262_144;

    /// <summary>
    /// Rows that correlations and regressions are computed on, spread evenly; tables with no more rows are computed exactly. The
    /// standard error of a correlation is (1 - r²) / √rows: 0.7 % at most here.
    /// </summary>
    public int CorrelationRows { get; init; } = 20_000;

    /// <summary>Tables of no more rows are fetched from the engine in one statement, instead of being grouped and measured there in several.</summary>
    public int FewRows { get; init; } = 20_000;

    /// <summary>
    /// Columns of larger tables that hold no more different values than this among some 10,000 rows spread over the table are grouped by the engine, and nearly all
    /// of their figures computed from the groups.
    /// </summary>
    public int FewValues { get; init; } = 5_000;

    /// <summary>Distinct values up to which distinct counts, unique ratios and entropies are exact; beyond, they are estimated on about so many.</summary>
    public int ExactGroups { get; init; } = 65_536;

    /// <summary>Bytes that the aggregates of one statement may take in the engine: wide tables are split by it.</summary>
    public long StatementBytes { get; init; } = 512L << 20;
}
