using Assay.Quality.Scores;
using Assay.Server.Store;

namespace Assay.Server.Scores;

/// <summary>
/// Makes a datastore's score: the mean of those of its containers that were scanned in the datastore's own time, weighted by the containers'
/// tags. Where the datastore has weights of its own, each container's score counts as those weights would make it.
/// </summary>
internal sealed class DatastoreScore(ScoreSql sql, long datastoreId, DateTime now)
{
    public async Task<(double? Total, DimensionScores Dimensions)> MakeAsync()
    {
        var settings = (await sql.ReadAsync(
            $"SELECT decay_period_days, {string.Join(", ", ScoreDimensionColumns.All.Select(d => $"{d.Column()}_weight"))} FROM score_settings WHERE container_id = 0 AND datastore_id = @datastoreId",
            new { datastoreId }, row =>
            {
                var chosen = ScoreDimensionColumns.All.Select((_, i) => ScoreSql.Real(row, 1 + i)).ToArray();
                return (Days: row.GetInt64(0), Weights: chosen.All(w => w is null) ? null : new DimensionWeights(d => chosen[(int)d]));
            })).FirstOrDefault((Days: ScoreSettings.DefaultDecayDays, Weights: (DimensionWeights?)null));
        var since = Microseconds.From(now.AddDays(-settings.Days));
        var containers = await sql.ReadAsync($"""
            SELECT CAST(COALESCE((SELECT SUM(t.weight_modifier) FROM container_tags x JOIN tags t ON t.id = x.tag_id WHERE x.container_id = c.id), 0) AS bigint), q.total, {string.Join(", ", ScoreDimensionColumns.All.Select(d => $"q.{d.Column()}"))}
            FROM containers c JOIN quality_scores q ON q.container_id = c.id AND q.datastore_id = c.datastore_id
            WHERE c.datastore_id = @datastoreId AND c.deleted_at IS NULL AND q.total IS NOT NULL
            AND q.day = (SELECT MAX(y.day) FROM quality_scores y WHERE y.container_id = c.id AND y.datastore_id = c.datastore_id)
            AND EXISTS (SELECT 1 FROM container_scans s WHERE s.container_id = c.id AND s.created >= @since AND (s.result = 'success' OR s.checks_asserted > 0))
            """, new { datastoreId, since }, row => (Modifiers: row.GetInt64(0), Total: ScoreSql.Real(row, 1), Dimensions: ScoreSql.Dimensions(row, 2)));
        var weights = WeightedMean.Weights([.. containers.Select(c => c.Modifiers)]);
        var total = WeightedMean.Of(containers.Select((c, i) => (settings.Weights is null ? c.Total : TotalScore.Of(c.Dimensions, settings.Weights), weights[i])));
        return (total, new DimensionScores(d => WeightedMean.Of(containers.Select((c, i) => (c.Dimensions[d], weights[i])))));
    }
}
