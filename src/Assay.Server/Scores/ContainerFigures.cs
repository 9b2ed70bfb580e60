using Assay.Quality.Scores;
using Assay.Server.Store;

namespace Assay.Server.Scores;

/// <summary>Reads what the scores of some containers follow from, six statements for all of them, and makes the scores.</summary>
internal sealed class ContainerFigures(ScoreSql sql, long datastoreId, DateTime now)
{
    private const string Active = "q.status = 'Active' AND q.deleted_at IS NULL";

    private static readonly string Rules =
        $"rules (rule_type, dimension) AS (VALUES {string.Join(", ", ScoreRules.All.Select(r => $"('{r.Rule}', {(int)r.Dimension})"))})";

    public async Task<IReadOnlyList<ContainerScore>> ReadAsync(IReadOnlyCollection<long> containers)
    {
        if (containers.Count == 0) return [];
        var values = new { datastoreId, now = Microseconds.From(now), containers = sql.Kind.List(containers) };
        var found = await sql.ReadAsync(Containers, values, row => new ContainerFacts(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1),
            row.GetInt64(2), row.GetInt64(3), new DimensionWeights(d => ScoreSql.Real(row, 4 + (int)d))));
        var fields = await sql.ReadAsync(Fields, values, row => new FieldFacts(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), ScoreSql.Real(row, 4)));
        var checks = await sql.ReadAsync(Checks, values, row => (Container: row.GetInt64(0), Field: row.GetString(1), Number: row.GetInt64(2)));
        var profiles = await new ProfileFigures(sql, Wanted).ReadAsync(values);
        var anomalies = await sql.ReadAsync(Anomalies, values, row => new AnomalyFacts(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1),
            (Dimension)row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)));
        var watched = (await sql.ReadAsync(Watched, values, row => (Container: row.GetInt64(0), Dimension: (Dimension)row.GetInt64(1)))).ToHashSet();
        var byContainer = fields.ToLookup(f => f.ContainerId);
        var covered = checks.ToDictionary(c => (c.Container, c.Field), c => c.Number);
        var open = anomalies.ToLookup(a => a.ContainerId);
        return [.. found.Select(c => new ContainerScoring(c, profiles, covered, [.. open[c.Id]], watched).Make([.. byContainer[c.Id]]))];
    }

    /// <summary>The containers with the time since when things count.</summary>
    private string Wanted => $"""
        wanted AS (SELECT c.id, c.records, @now - COALESCE(s.decay_period_days, {ScoreSettings.DefaultDecayDays}) * {Microseconds.PerDay} AS since
            FROM containers c LEFT JOIN score_settings s ON s.container_id = c.id AND s.datastore_id = c.datastore_id
            WHERE c.datastore_id = @datastoreId AND c.deleted_at IS NULL AND {sql.Kind.InList("c.id", "@containers")})
        """;

    // A scan that failed on the container's structure has asserted something, and counts.
    private string Containers => $"""
        WITH {Wanted}, scans AS (SELECT x.container_id, COUNT(*) AS number, MAX(x.records_processed) AS most FROM container_scans x JOIN wanted w ON w.id = x.container_id
            WHERE x.created >= w.since AND (x.result = 'success' OR x.checks_asserted > 0) GROUP BY x.container_id)
        SELECT w.id, w.records, COALESCE(scans.number, 0), COALESCE(scans.most, 0), {string.Join(", ", ScoreDimensionColumns.All.Select(d => $"s.{d.Column()}_weight"))}
        FROM wanted w LEFT JOIN scans ON scans.container_id = w.id LEFT JOIN score_settings s ON s.container_id = w.id AND s.datastore_id = @datastoreId
        """;

    private string Fields => $"""
        WITH {Wanted}
        SELECT f.id, f.container_id, f.name,
            CAST(COALESCE((SELECT SUM(t.weight_modifier) FROM field_tags x JOIN tags t ON t.id = x.tag_id WHERE x.field_id = f.id), 0) AS bigint),
            CAST((SELECT AVG(p.completeness) FROM field_profiles p JOIN container_profiles whole ON whole.id = p.container_profile_id AND whole.parent_profile_id IS NULL
                WHERE p.field_id = f.id AND p.created >= w.since) AS double precision)
        FROM fields f JOIN wanted w ON w.id = f.container_id WHERE f.status IN ('active', 'masked')
        """;

    private string Checks => $"""
        WITH {Wanted}
        SELECT q.container_id, x.name, COUNT(DISTINCT q.id) FROM quality_checks q JOIN wanted w ON w.id = q.container_id JOIN check_fields x ON x.check_id = q.id
        WHERE {Active} GROUP BY q.container_id, x.name
        """;

    // An anomaly that fails several checks of a dimension on a field counts once there.
    private string Anomalies => $"""
        WITH {Wanted}, {Rules}
        SELECT a.container_id, a.field, CAST(a.dimension AS bigint), CAST(SUM(a.counted) AS bigint), CAST(SUM(a.uncounted) AS bigint), COUNT(*) FROM (
            SELECT DISTINCT a.container_id, a.id, x.name AS field, r.dimension,
                COALESCE(a.anomalous_records_count, CASE WHEN a.type = 'record' THEN 1 ELSE 0 END) AS counted,
                CASE WHEN a.anomalous_records_count IS NULL AND a.type <> 'record' THEN 1 ELSE 0 END AS uncounted
            FROM anomalies a JOIN wanted w ON w.id = a.container_id JOIN failed_checks f ON f.anomaly_id = a.id JOIN quality_checks q ON q.id = f.check_id
            JOIN rules r ON r.rule_type = q.rule_type LEFT JOIN check_fields x ON x.check_id = q.id
            WHERE a.archived_at IS NULL AND a.created >= w.since) a
        GROUP BY a.container_id, a.field, a.dimension
        """;

    private string Watched => $"""
        WITH {Wanted}, {Rules}
        SELECT DISTINCT q.container_id, CAST(r.dimension AS bigint) FROM quality_checks q JOIN wanted w ON w.id = q.container_id JOIN rules r ON r.rule_type = q.rule_type
        WHERE {Active} AND r.dimension IN ({(int)Dimension.Timeliness}, {(int)Dimension.Volumetrics})
        """;
}
