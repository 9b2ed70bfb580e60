using System.Text.Json;
using Assay.Quality.Scores;
using Assay.Server.Store;
using Assay.Server.Web;

namespace Assay.Server.Scores;

/// <summary>Writes scores: the current ones, and a row per day of which the last ten are kept.</summary>
internal sealed class ScoreWriter(ScoreSql sql, long datastoreId, DateTime now)
{
    private const int MostDays = 10;
    private const int Decimals = 4;

    private readonly long calculated = Microseconds.From(now);
    private readonly long day = (long)Math.Floor((now - DateTime.UnixEpoch).TotalDays);

    public async Task WriteAsync(IReadOnlyList<ContainerScore> containers)
    {
        if (containers.Count == 0) return;
        await UpsertAsync("field_scores", ["field_id", "container_id"], ["field_id"],
            containers.SelectMany(c => c.Fields.Select(f => Row(f.Total, f.Dimensions, ("field_id", f.FieldId), ("container_id", c.ContainerId)))));
        var ids = sql.Kind.List(containers.Select(c => c.ContainerId).ToList());
        // Fields that are gone, or no longer looked at, have no score.
        await sql.RunAsync($"DELETE FROM field_scores WHERE {sql.Kind.InList("container_id", "@ids")} AND calculated < @calculated", new { ids, calculated });
        await WriteDayAsync(containers.Select(c => (c.ContainerId, c.Total, c.Dimensions)), ids);
    }

    public async Task WriteDatastoreAsync((double? Total, DimensionScores Dimensions) score)
    {
        await WriteDayAsync([(0, score.Total, score.Dimensions)], sql.Kind.List<long>([0]));
        await sql.RunAsync($"""
            INSERT INTO score_state (datastore_id, calculated) VALUES (@datastoreId, {sql.Kind.Now})
            ON CONFLICT (datastore_id) DO UPDATE SET calculated = excluded.calculated
            """, new { datastoreId });
        // The datastore's own row last, and only if it changes: lists of datastores are kept by its changes.
        var before = (await sql.ReadAsync("SELECT quality_score FROM datastores WHERE id = @datastoreId", new { datastoreId },
            row => row.IsDBNull(0) ? null : JsonSerializer.Deserialize<QualityScoreView>(row.GetString(0), Json.Options))).Single();
        var after = score.Total is not { } total ? null : new QualityScoreView(now, Rounded(total)!.Value, Of(Dimension.Completeness), Of(Dimension.Coverage), Of(Dimension.Conformity),
            Of(Dimension.Consistency), Of(Dimension.Precision), Of(Dimension.Timeliness), Of(Dimension.Volumetrics), Of(Dimension.Accuracy));
        if (after == (before is null || after is null ? before : before with { Created = after.Created })) return;
        await sql.RunAsync("UPDATE datastores SET quality_score = @json WHERE id = @datastoreId",
            new { datastoreId, json = after is null ? null : JsonSerializer.Serialize(after, Json.Options) });

        double? Of(Dimension dimension) => Rounded(score.Dimensions[dimension]);
    }

    private async Task WriteDayAsync(IEnumerable<(long Container, double? Total, DimensionScores Dimensions)> scores, object ids)
    {
        await UpsertAsync("quality_scores", ["container_id", "datastore_id", "day"], ["container_id", "datastore_id", "day"],
            scores.Select(s => Row(s.Total, s.Dimensions, ("container_id", s.Container), ("datastore_id", datastoreId), ("day", day))));
        await sql.RunAsync($"""
            DELETE FROM quality_scores AS q WHERE q.datastore_id = @datastoreId AND {sql.Kind.InList("q.container_id", "@ids")} AND q.day < (SELECT MIN(kept.day) FROM
                (SELECT y.day FROM quality_scores y WHERE y.container_id = q.container_id AND y.datastore_id = q.datastore_id ORDER BY y.day DESC LIMIT {MostDays}) kept)
            """, new { datastoreId, ids });
    }

    private Dictionary<string, object?> Row(double? total, DimensionScores dimensions, params (string Name, long Value)[] keys)
    {
        var row = keys.ToDictionary(k => k.Name, k => (object?)k.Value);
        row["calculated"] = calculated;
        row["total"] = Rounded(total);
        foreach (var dimension in ScoreDimensionColumns.All) row[dimension.Column()] = Rounded(dimensions[dimension]);
        return row;
    }

    /// <summary>All rows in one statement, however many.</summary>
    private Task<int> UpsertAsync(string table, IReadOnlyList<string> numbers, IReadOnlyList<string> key, IEnumerable<Dictionary<string, object?>> rows)
    {
        IReadOnlyList<(string Name, string Type)> columns = [.. numbers.Append("calculated").Select(n => (n, "bigint")),
            .. ScoreDimensionColumns.All.Select(d => d.Column()).Prepend("total").Select(n => (n, "double precision"))];
        var names = string.Join(", ", columns.Select(c => c.Name));
        var from = sql.Kind.IsPostgres
            ? $"SELECT {names} FROM jsonb_to_recordset(CAST(@rows AS jsonb)) AS r ({string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}"))})"
            : $"SELECT {string.Join(", ", columns.Select(c => $"json_extract(value, '$.{c.Name}')"))} FROM json_each(@rows) WHERE TRUE";
        return sql.RunAsync($"""
            INSERT INTO {table} ({names}) {from}
            ON CONFLICT ({string.Join(", ", key)}) DO UPDATE SET {string.Join(", ", columns.Select(c => c.Name).Except(key).Select(n => $"{n} = excluded.{n}"))}
            """, new { rows = JsonSerializer.Serialize(rows) });
    }

    private static double? Rounded(double? score) => score is { } value ? Math.Round(value, Decimals) : null;
}
