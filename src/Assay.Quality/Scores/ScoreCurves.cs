namespace Assay.Quality.Scores;

/// <summary>How counts and shares become scores from 0 to 100. The formulas are the contract's.</summary>
public static class ScoreCurves
{
    private const double Best = 100;
    /// <summary>What one more check leaves of the distance to 100: the first check gives 60.</summary>
    private const double LeftByACheck = 0.4;
    /// <summary>What one more anomaly leaves of the score: the first leaves 60.</summary>
    private const double LeftByAnAnomaly = 0.6;

    /// <summary>Coverage by this many checks: 0, 60, 84, 93.6, 97.44 and so on, 100·(1 − 0.4ⁿ).</summary>
    public static double Coverage(long checks) => Best * Reached(checks);

    /// <summary>The share from 0 to 1 that repeating something so often reaches, 1 − 0.4ⁿ: the curve of <see cref="Coverage"/>.</summary>
    public static double Reached(long times) => 1 - Math.Pow(LeftByACheck, times);

    /// <summary>What so many open anomalies leave: 100, 60, 36, 21.6 and so on, 100·0.6ⁿ.</summary>
    public static double AfterAnomalies(long anomalies) => Best * Math.Pow(LeftByAnAnomaly, anomalies);

    /// <summary>The share of rows in order: (1 − anomalous rows / min(scanned rows, rows of the container))·100, never below 0.</summary>
    /// <param name="rows">Rows of the container; null where they are not known.</param>
    /// <param name="uncounted">Anomalies whose rows cannot be counted: each leaves what <see cref="AfterAnomalies"/> says.</param>
    /// <returns>Null where no row was scanned.</returns>
    public static double? InOrder(long anomalous, long scanned, long? rows, long uncounted = 0)
    {
        var of = rows is > 0 && rows < scanned ? rows.Value : scanned;
        return of <= 0 ? null : Math.Max(0, 1 - (double)anomalous / of) * AfterAnomalies(uncounted);
    }
}
