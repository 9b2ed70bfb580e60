using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Relations;

/// <summary>The statements that compare two relations. NULL equals NULL.</summary>
internal sealed class Difference
{
    private readonly RowScope row;
    private readonly DescribedRelation reference;
    private readonly IReadOnlyList<string> identifiers;
    private readonly IReadOnlyList<string> compared;
    private readonly IReadOnlyList<string> passed;

    public Difference(RowScope row, DescribedRelation reference)
    {
        (this.row, this.reference) = (row, reference);
        identifiers = row.Properties.List("id_field_names");
        compared = [.. row.Check.Check.Fields.Except(identifiers, StringComparer.Ordinal)];
        passed = [.. row.Properties.List("passthrough_field_names").Where(f => row.Rows.Has(f) && reference.Has(f))];
        var filter = row.Properties.Text("ref_filter") is { Length: > 0 } text ? $" WHERE {reference.Condition(text, row.Settings)}" : "";
        ReferenceRows = $"(SELECT * FROM {reference.From}{filter})";
    }

    /// <summary>The other container's rows, its filter applied.</summary>
    public string ReferenceRows { get; }

    /// <summary>A statement that gives the number of records that differ.</summary>
    public string Count => identifiers.Count > 0 ? $"SELECT count() FROM ({Joined}) WHERE {Differs}" : $"SELECT sum(abs(n)) FROM ({Balance})";

    /// <summary>A statement whose first column is a record that differs, as JSON, with the side it is on or both sides.</summary>
    public string Records => identifiers.Count > 0
        ? $"SELECT {RecordJson.Write([("_qualytics_diff", "multiIf(l_in = 0, 'missing in target', r_in = 0, 'missing in reference', 'different')"), .. identifiers.Select((f, i) => (f, $"k{i}")), .. Sides()])} FROM ({Joined}) WHERE {Differs}"
        : $"SELECT {RecordJson.Write([("_qualytics_diff", "if(n > 0, 'missing in reference', 'missing in target')"), .. Keys.Select((f, i) => (f, $"k{i}"))])} FROM ({Balance})";

    private IReadOnlyList<string> Keys => identifiers.Count > 0 ? identifiers : row.Check.Check.Fields;

    private string Balance =>
        $"SELECT {List("k", Keys.Count)}, sum(side) AS n FROM (SELECT {Columns(own: true, Keys, "k")}, 1 AS side FROM {row.Rows.From} WHERE {row.Filter} "
        + $"UNION ALL SELECT {Columns(own: false, Keys, "k")}, -1 AS side FROM {ReferenceRows}) GROUP BY {List("k", Keys.Count)} HAVING n != 0";

    /// <summary>Identifiers as text, so that NULL joins NULL: the first character tells the two apart.</summary>
    private string Joined =>
        $"SELECT {string.Join(", ", identifiers.Select((_, i) => $"if(l.l_here = 1, l.k{i}, r.k{i}) AS k{i}"))}, ifNull(l.l_here, 0) AS l_in, ifNull(r.r_here, 0) AS r_in{Comma(compared.Select((_, i) => $"l.c{i} AS lc{i}, r.c{i} AS rc{i}"))}"
        + $"{Comma(passed.Select((_, i) => $"l.p{i} AS lp{i}, r.p{i} AS rp{i}"))} "
        + $"FROM (SELECT {Columns(own: true, identifiers, "k")}, {JoinKey(own: true)} AS id, 1 AS l_here{Comma(Cells(own: true))} FROM {row.Rows.From} WHERE {row.Filter}) AS l "
        + $"FULL OUTER JOIN (SELECT {Columns(own: false, identifiers, "k")}, {JoinKey(own: false)} AS id, 1 AS r_here{Comma(Cells(own: false))} FROM {ReferenceRows}) AS r ON l.id = r.id";

    private string Differs => compared.Count == 0
        ? "(l_in = 0 OR r_in = 0)"
        : $"(l_in = 0 OR r_in = 0 OR {string.Join(" OR ", compared.Select(Differ))})";

    private string Differ(string field, int i)
    {
        var (a, b) = (Side(own: true, field) with { Sql = $"lc{i}" }, Side(own: false, field) with { Sql = $"rc{i}" });
        return $"(isNull(lc{i}) != isNull(rc{i}) OR ifNull(NOT {Comparators.Of(row.Properties).Equal(a, b)}, 0))";
    }

    private IEnumerable<(string, string)> Sides() => compared.SelectMany((f, i) => new[] { ($"left_{f}", $"lc{i}"), ($"right_{f}", $"rc{i}") })
        .Concat(passed.SelectMany((f, i) => new[] { ($"left_{f}", $"lp{i}"), ($"right_{f}", $"rp{i}") }));

    private IEnumerable<string> Cells(bool own) => compared.Select((f, i) => $"{Side(own, f).Sql} AS c{i}").Concat(passed.Select((f, i) => $"{Side(own, f).Sql} AS p{i}"));

    private string Columns(bool own, IReadOnlyList<string> fields, string prefix) => string.Join(", ", fields.Select((f, i) => $"{Value(own, f)} AS {prefix}{i}"));

    private string JoinKey(bool own) => $"concat({string.Join(", '\\x01', ", identifiers.Select(f => $"if(isNull({Value(own, f)}), 'n', concat('v', toString({Value(own, f)})))"))}, '')";

    private string Value(bool own, string field)
    {
        var (a, b) = ReferencedValues.Alike(Side(true, field), Side(false, field));
        return $"toNullable({(own ? a : b)})";
    }

    private SqlValue Side(bool own, string field) => (own ? row.Rows : reference).Value(field);

    private static string Comma(IEnumerable<string> parts) => string.Concat(parts.Select(p => $", {p}"));

    private static string List(string prefix, int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"{prefix}{i}"));
}
