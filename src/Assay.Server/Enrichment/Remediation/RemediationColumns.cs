using Assay.Server.Enrichment.Tables;
using Assay.Server.Fields;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Remediation;

/// <summary>
/// The columns of a table with a container's anomalous rows: its fields, the partition, and the anomaly. What a table has stays: a field
/// whose type has changed since gets a column of its own besides the old one.
/// </summary>
internal static class RemediationColumns
{
    public const string Partition = "_qualytics_source_partition";
    public const string Anomaly = "anomaly_uuid";

    /// <param name="fields">The fields whose values are kept, in their order.</param>
    /// <param name="written">The columns that the table has got so far.</param>
    public static IReadOnlyList<RemediationColumn> Of(IEnumerable<Field> fields, IReadOnlyList<TableColumn> written)
    {
        // Many stores do not tell case apart.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Partition, Anomaly };
        var known = written.DistinctBy(c => c.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        return [.. fields.Select(field => new RemediationColumn(Column(field, taken, known), field.Name, field.Status == FieldStatus.Masked))];
    }

    public static TableShape Table(string prefix, long containerId, IEnumerable<RemediationColumn> columns) => new(
        EvidenceTableName.Of(prefix, $"remediation_{containerId}"),
        [.. columns.Select(c => c.Column), new(Partition, TableType.Text), new(Anomaly, TableType.Text)]);

    private static TableColumn Column(Field field, HashSet<string> taken, Dictionary<string, TableColumn> known)
    {
        foreach (var name in Names(field))
        {
            if (taken.Contains(name)) continue;
            var wanted = FieldColumn.Of(field, name);
            if (known.TryGetValue(name, out var there) && !Holds(there, wanted)) continue;
            taken.Add(name);
            return there ?? wanted;
        }
        throw new InvalidOperationException("There is always another number.");
    }

    /// <summary>The field's name; where that is taken, by a column of another type perhaps, a name that says the type; and so on with numbers.</summary>
    private static IEnumerable<string> Names(Field field)
    {
        var name = Plain(field.Name);
        yield return Utf8Text.Cut(name, EvidenceTableName.MostBytes);
        var column = FieldColumn.Of(field, name);
        var type = column.Type == TableType.Exact ? $"exact_{column.Precision}_{column.Scale}" : column.Type.ToString().ToLowerInvariant();
        for (var i = 1; ; i++)
        {
            var end = i == 1 ? $"_as_{type}" : $"_as_{type}_{i}";
            yield return Utf8Text.Cut(name, EvidenceTableName.MostBytes - end.Length) + end;
        }
    }

    private static string Plain(string name) => name.Length == 0 ? "column" : name.Replace('\0', '\uFFFD');

    private static bool Holds(TableColumn there, TableColumn wanted) =>
        there.Type == TableType.Text || (there.Type, there.Precision, there.Scale) == (wanted.Type, wanted.Precision, wanted.Scale);
}

/// <param name="Field">The field whose values it holds.</param>
/// <param name="Masked">Whether they are hidden.</param>
internal sealed record RemediationColumn(TableColumn Column, string Field, bool Masked);
