using System.Numerics;

namespace Assay.Quality.Profiling;

/// <summary>One column on its way to a profile: how its values are written in a statement, and what has been found so far.</summary>
internal sealed class Column(string name, string relation, string raw, string bare, FieldKind kind, string value)
{
    private bool isExact;

    /// <summary>The field's name.</summary>
    public string Name { get; } = name;
    /// <summary>What the column is selected from.</summary>
    public string Relation { get; } = relation;
    /// <summary>The value as it was staged; not null where the source has a value.</summary>
    public string Raw { get; } = raw;
    /// <summary>The engine's type of <see cref="Raw"/> without Nullable around it; of numbers that were taken out of texts exactly, the type of <see cref="Value"/>.</summary>
    public string Bare { get; private set; } = bare;
    public FieldKind Kind { get; private set; } = kind;
    /// <summary>The value as its kind; null also where a text is no such value.</summary>
    public string Value { get; private set; } = value;
    /// <summary>What its values are told apart by: as <see cref="Value"/>, but with NaN and infinities where <see cref="Value"/> has no room for them.</summary>
    public string Told => isExact ? $"ifNull(toString({Value}), toString(toFloat64OrNull({Raw})))" : Value;
    /// <summary>Whether a text of this kind is compared as text: times beyond the engine's calendar.</summary>
    public bool TextTimes { get; init; }
    public bool Infer { get; init; }
    public bool Inferred { get; private set; }
    /// <summary>Where the elements of this column are profiled as a column of their own.</summary>
    public Column? Element { get; init; }
    public string? Message { get; private set; }
    /// <summary>What is to be known of its figures, though all were computed.</summary>
    public string? Note { get; set; }

    public bool IsNumber => Kind is FieldKind.Integral or FieldKind.Fractional;
    public bool IsTime => Kind is FieldKind.Date or FieldKind.Timestamp;
    public bool IsText => Kind == FieldKind.String;
    /// <summary>Whether its distinct values are counted.</summary>
    public bool IsGrouped => Kind is not (FieldKind.Unknown or FieldKind.Struct or FieldKind.Array);
    /// <summary>Floating point, or text read as such: NaN and infinities occur.</summary>
    public bool IsFloat => IsNumber && (EngineTypes.IsFloat(Bare) || IsTextNumber && Kind == FieldKind.Fractional);
    /// <summary>Numbers in texts: the engine's types have no room for one of them, or they were found to be numbers.</summary>
    public bool IsTextNumber => IsNumber && EngineTypes.IsText(Bare);
    /// <summary>Whether some values may be of its kind, and yet without figures: NaN and infinities.</summary>
    public bool MayBeNotFinite => IsFloat || TextTimes || isExact;

    /// <summary>The number without NaN and infinities, as a double.</summary>
    public string Real => IsFloat ? Finite : $"toFloat64({Value})";
    /// <summary>The value without NaN and infinities.</summary>
    public string Finite => IsFloat ? $"if(isFinite({Value}), toFloat64({Value}), NULL)" : Value;

    /// <summary>Whether all of its values were counted one by one, so that nothing of it is an estimate.</summary>
    public bool IsCounted { get; set; }
    public long Values { get; set; }
    public long Usable { get; set; }
    public long Distinct { get; set; }
    /// <summary>What a sample tells of its distinct values; null where none was looked at, or where it was wrong.</summary>
    public DistinctGuess? Guess { get; set; }
    public object? Min { get; set; }
    public object? Max { get; set; }
    public object? Sum { get; set; }
    public double? MinReal { get; set; }
    public double? MaxReal { get; set; }
    public double? Mean { get; set; }
    /// <summary>The point that the first statement takes its moments around; null where it takes none.</summary>
    public double? Pivot { get; set; }
    public double[]? Moments { get; set; }
    public double[]? Quantiles { get; set; }
    public long? MinLength { get; set; }
    public long? MaxLength { get; set; }
    public double? MeanLength { get; set; }
    public double? StdDevLength { get; set; }
    public long MaxBytes { get; set; }
    public BigInteger Bytes { get; set; }
    public double? UniqueRatio { get; set; }
    public double? Entropy { get; set; }
    public List<(string Value, long Count)>? Histogram { get; set; }
    public long[]? Buckets { get; set; }

    /// <summary>Takes it as another kind, since all of its texts are such values.</summary>
    public void TakeAs(FieldKind kind, string value) => (Kind, Value, Inferred) = (kind, value, true);

    /// <summary>Takes its numbers as decimals, which lose no digit; NaN and infinities are NULL then.</summary>
    public void TakeExactly(string type, string value) => (Bare, Value, isExact) = (type, value, true);

    /// <summary>Gives up on further figures; those found stay.</summary>
    public void Fail(string message) => Message ??= message;
}
