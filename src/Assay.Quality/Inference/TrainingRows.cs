using Assay.Engine;
using Assay.Quality.Profiling;
using Assay.Quality.Scanning;

namespace Assay.Quality.Inference;

/// <summary>The part of the rows that candidates are made from, with what the profile says of all of them.</summary>
internal sealed class TrainingRows(IEngine engine, InferenceRequest request, DescribedRelation rows, string condition)
{
    /// <summary>All values of fields that turned out to have few.</summary>
    private readonly Dictionary<string, IReadOnlyList<ValueCount>> complete = new(StringComparer.Ordinal);

    /// <summary>Fewer rows than this are no evidence for anything.</summary>
    public const int LeastRows = 30;

    public InferenceRequest Request => request;

    public DescribedRelation All => rows;

    /// <summary>A condition that is true for the training rows.</summary>
    public string Condition => condition;

    /// <summary>The values themselves, where there are few; null where statements are to be run on them.</summary>
    public FetchedRows? Fetched { get; set; }

    public IReadOnlyList<FieldProfile> Profiles { get; } =
        [.. request.Profile.Fields.Where(f => rows.Has(f.Name) && !request.Without.Contains(f.Name))];

    public long Rows => request.Profile.Rows;

    /// <summary>From level 4 on a rule may be broken by one row in a hundred, at level 5 by two: few exceptions are taken for errors.</summary>
    public double Tolerance => request.Level switch { >= 5 => 0.02, 4 => 0.01, _ => 0 };

    /// <summary>Text fields that hold numbers, dates or times but for a few values, by name.</summary>
    public IReadOnlyDictionary<string, NearType> Near { get; set; } = new Dictionary<string, NearType>();

    /// <summary>Whether the field has so many values that they say something.</summary>
    public bool HasEvidence(FieldProfile field) => field.Values >= LeastRows;

    /// <summary>Whether the source, or a sync's look at some rows, says that the field holds numbers.</summary>
    public bool IsDeclaredNumber(FieldProfile field) => rows.Value(field.Name).IsNumber;

    public SqlValue Value(FieldProfile field) => rows.Value(field.Name) with { Declared = Enum.Parse<FieldType>(field.Type.ToString()) };

    /// <summary>The only row of figures over the training rows.</summary>
    public Task<IReadOnlyList<object?>> FiguresAsync(IReadOnlyList<string> figures, CancellationToken cancellation) => FiguresAsync(figures, rows.From, condition, cancellation);

    /// <summary>The only row of figures over all rows: exceptions are so rare that the training rows may hold none of them.</summary>
    public Task<IReadOnlyList<object?>> FiguresOfAllAsync(IReadOnlyList<string> figures, CancellationToken cancellation) => FiguresAsync(figures, rows.From, "1", cancellation);

    /// <summary>The only row of figures over a query of the rows.</summary>
    public Task<IReadOnlyList<object?>> FiguresFromAsync(IReadOnlyList<string> figures, string from, CancellationToken cancellation) => FiguresAsync(figures, from, "1", cancellation);

    private async Task<IReadOnlyList<object?>> FiguresAsync(IReadOnlyList<string> figures, string from, string condition, CancellationToken cancellation)
    {
        if (figures.Count == 0) return [];
        await using var reader = await engine.OpenAsync(Query($"SELECT {string.Join(", ", figures)} FROM {from} WHERE {condition}"), cancellation);
        return (await reader.ReadAsync(cancellation))!.Values;
    }

    /// <summary>A field's values with how often they occur, most frequent first.</summary>
    /// <param name="field">The field.</param>
    /// <param name="most">Where there are more, more than this are given, but not all.</param>
    /// <param name="cancellation">Stops the statement.</param>
    public async Task<IReadOnlyList<ValueCount>> ValuesAsync(FieldProfile field, int most, CancellationToken cancellation)
    {
        if (Fetched is { } fetched) return fetched[field].Values;
        var counts = await CountsAsync($"toString({Value(field).Sql})", field, most, cancellation);
        if (counts.Count <= most) complete[field.Name] = counts;
        return counts;
    }

    /// <summary>The shapes of a text field's values, in the same way.</summary>
    public async Task<IReadOnlyList<ValueCount>> ShapesAsync(FieldProfile field, int most, CancellationToken cancellation) =>
        Fetched is { } fetched ? Shapes.Of(fetched[field].Values)
        : complete.TryGetValue(field.Name, out var known) ? Shapes.Of(known)
        : await CountsAsync(Shapes.Sql(Value(field).SureText), field, most, cancellation);

    private async Task<IReadOnlyList<ValueCount>> CountsAsync(string text, FieldProfile field, int most, CancellationToken cancellation)
    {
        List<ValueCount> counts = [];
        // Without names of its own, which a field might have too.
        var sql = $"SELECT {text}, count(), countIf({condition}) FROM {rows.From} WHERE {Value(field).IsNotNull} GROUP BY {text} ORDER BY count() DESC, {text} LIMIT {most + 1}";
        await foreach (var row in engine.QueryAsync(Query(sql), cancellation)) counts.Add(new(row.GetText(0)!, Convert.ToInt64(row[1], null), Convert.ToInt64(row[2], null)));
        return counts;
    }

    public EngineQuery Query(string sql) => rows.Relation.Bind(ScanStatement.Of(sql));
}

/// <summary>How often a value occurs.</summary>
/// <param name="Value">The value as text.</param>
/// <param name="Count">In all rows.</param>
/// <param name="Training">In the training rows.</param>
internal readonly record struct ValueCount(string Value, long Count, long Training);
