using System.Globalization;
using Assay.Quality.Scores;
using Assay.Server.Store;

namespace Assay.Server.Scores;

/// <summary>Reads what fields' latest profiles say as far as consistency goes.</summary>
/// <param name="wanted">The containers, as a common table expression <c>wanted (id, since)</c>.</param>
internal sealed class ProfileFigures(ScoreSql sql, string wanted)
{
    private const int MostProfiles = 10;
    private static readonly string[] numbers = ["median", "q1", "q3", "approximate_distinct_values", "min_length", "max_length", "entropy"];

    /// <summary>By field, in the order in which they were made.</summary>
    public async Task<ILookup<long, FieldFigures>> ReadAsync(object values) => (await sql.ReadAsync(Statement, values, row => (Field: row.GetInt64(0), Figures: new FieldFigures(row.GetString(1))
    {
        Median = ScoreSql.Real(row, 2),
        Q1 = ScoreSql.Real(row, 3),
        Q3 = ScoreSql.Real(row, 4),
        Distinct = ScoreSql.Real(row, 5),
        MinLength = ScoreSql.Real(row, 6),
        MaxLength = ScoreSql.Real(row, 7),
        Entropy = ScoreSql.Real(row, 8),
        Earliest = row.IsDBNull(9) ? null : Seconds(row.GetString(9)),
    }))).ToLookup(p => p.Field, p => p.Figures);

    private string Statement => $"""
        WITH {wanted}
        SELECT x.field_id, x.field_type, {Columns} FROM (
            SELECT p.id, p.field_id, p.field_type, p.metrics, ROW_NUMBER() OVER (PARTITION BY p.field_id ORDER BY p.id DESC) AS place
            FROM field_profiles p JOIN wanted w ON w.id = p.container_id JOIN container_profiles whole ON whole.id = p.container_profile_id AND whole.parent_profile_id IS NULL
            WHERE p.created >= w.since) x {From}
        WHERE x.place <= {MostProfiles} ORDER BY x.field_id, x.id
        """;

    private string Columns => sql.Kind.IsPostgres ? $"{string.Join(", ", numbers.Select(n => $"j.{n}"))}, j.min"
        : $"{string.Join(", ", numbers.Select(n => $"CAST(json_extract(x.metrics, '$.{n}') AS double precision)"))}, CAST(json_extract(x.metrics, '$.min') AS TEXT)";

    private string From => sql.Kind.IsPostgres
        ? $"CROSS JOIN LATERAL json_to_record(CAST(x.metrics AS json)) AS j ({string.Join(", ", numbers.Select(n => $"{n} double precision"))}, min text)" : "";

    private static double? Seconds(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? (time - DateTime.UnixEpoch).TotalSeconds : null;
}
