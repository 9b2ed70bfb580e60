using Assay.Engine;
using Assay.Quality.Expressions;

namespace Assay.Quality.Scanning;

/// <summary>A relation whose columns' types in the engine are known.</summary>
internal sealed class DescribedRelation
{
    private readonly Dictionary<string, SqlType> columns;
    private readonly Dictionary<string, ContainerField> fields;

    public DescribedRelation(Relation relation, IEnumerable<(string Name, SqlType Type)> columns)
    {
        Relation = relation;
        this.columns = columns.ToDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal);
        fields = relation.Fields.Where(f => this.columns.ContainsKey(f.Name)).DistinctBy(f => f.Name).ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    public Relation Relation { get; }

    /// <summary>The relation behind FROM.</summary>
    public string From => $"({Relation.Sql})";

    /// <summary>The column that names the partition, or null.</summary>
    public string? Partition => Relation.PartitionColumn is { } name && columns.ContainsKey(name) ? EngineName.Quote(name) : null;

    /// <summary>The fields that the relation really has.</summary>
    public IEnumerable<ContainerField> Fields => fields.Values;

    /// <summary>Other rows, or other fields, of the same columns.</summary>
    public DescribedRelation With(Relation relation) => new(relation, columns.Select(c => (c.Key, c.Value)));

    public static async Task<DescribedRelation> OfAsync(IEngine engine, Relation relation, CancellationToken cancellation)
    {
        if (relation.Types is { } types) return new(relation, types.Select(t => (t.Key, EngineTypeParser.Parse(t.Value))));
        List<(string, SqlType)> columns = [];
        await foreach (var row in engine.QueryAsync(relation.Bind(new EngineQuery($"DESCRIBE TABLE ({relation.Sql})")), cancellation))
            columns.Add((row.GetText(0)!, EngineTypeParser.Parse(row.GetText(1)!)));
        return new(relation, columns);
    }

    /// <summary>The fields as expressions see them: by their declared types, whatever the source delivers.</summary>
    public IEnumerable<ExpressionColumn> Columns => fields.Values.Select(f => Column(Value(f.Name), f));

    /// <summary>A name that no column has.</summary>
    public string Unused(string name)
    {
        while (columns.ContainsKey(name)) name += "_";
        return name;
    }

    public bool Has(string field) => fields.ContainsKey(field);

    /// <exception cref="FieldMissingException">The relation has no such field.</exception>
    public SqlValue Value(string field) => fields.TryGetValue(field, out var known)
        ? new(EngineName.Quote(field), columns[field], known.Type)
        : throw new FieldMissingException(field);

    private static ExpressionColumn Column(SqlValue value, ContainerField field) => value.Type.Kind switch
    {
        SqlKind.String when value.IsNumber => new(field.Name, value.Number, SqlType.Double),
        SqlKind.String when value.IsTime => new(field.Name, value.Time, SqlType.Timestamp),
        SqlKind.Integer when value.IsBoolean => new(field.Name, $"toBool({value.Sql})", SqlType.Boolean),
        SqlKind.Unknown when value.Declared == FieldType.String => new(field.Name, value.Text, SqlType.String),
        _ => new(field.Name, value.Sql, value.Type),
    };
}
