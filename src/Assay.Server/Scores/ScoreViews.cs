namespace Assay.Server.Scores;

/// <summary>A quality score with its dimensions, 0 to 100 each; null where there is nothing to say of a dimension.</summary>
/// <param name="Created">When it was calculated.</param>
internal sealed record QualityScoreView(
    DateTime Created, double Total, double? Completeness, double? Coverage, double? Conformity, double? Consistency, double? Precision, double? Timeliness,
    double? Volumetrics, double? Accuracy)
{
    /// <summary>Null where a score came to nothing.</summary>
    public static QualityScoreView? Of(StoredScore? s) => s is not { Total: { } total } ? null
        : new(s.Calculated, total, s.Completeness, s.Coverage, s.Conformity, s.Consistency, s.Precision, s.Timeliness, s.Volumetrics, s.Accuracy);
}

/// <summary>A score as it was last on one day, 0 to 100 in each dimension; null where there was nothing to say of it.</summary>
/// <param name="Date">The day in UTC.</param>
internal sealed record DailyScoreView(
    DateOnly Date, double Total, double? Completeness, double? Coverage, double? Conformity, double? Consistency, double? Precision, double? Timeliness,
    double? Volumetrics, double? Accuracy)
{
    public static DailyScoreView Of(DailyScore s) => new(
        DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(s.Day)), s.Total ?? 0, s.Completeness, s.Coverage, s.Conformity, s.Consistency, s.Precision, s.Timeliness,
        s.Volumetrics, s.Accuracy);
}

/// <summary>How a score is made; a null weight is the default, 1.0.</summary>
/// <param name="DecayPeriodDays">Only what happened in so many days counts.</param>
internal sealed record ScoreSettingsView(
    long DecayPeriodDays, double? CompletenessWeight, double? CoverageWeight, double? ConformityWeight, double? ConsistencyWeight, double? PrecisionWeight,
    double? TimelinessWeight, double? VolumetricsWeight, double? AccuracyWeight)
{
    public static ScoreSettingsView Of(ScoreSettings s) => new(s.DecayPeriodDays, s.CompletenessWeight, s.CoverageWeight, s.ConformityWeight,
        s.ConsistencyWeight, s.PrecisionWeight, s.TimelinessWeight, s.VolumetricsWeight, s.AccuracyWeight);
}
