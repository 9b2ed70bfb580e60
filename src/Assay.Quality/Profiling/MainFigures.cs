namespace Assay.Quality.Profiling;

/// <summary>What the first statement on the staged rows computes of a column.</summary>
internal static class MainFigures
{
    /// <summary>Bytes that one thread's states of a column may grow to: mostly the 2^15 registers of the distinct count.</summary>
    public const long StateBytes = 64 << 10;

    /// <param name="distinct">Whether distinct values are counted, too.</param>
    public static IEnumerable<Figure> Of(Column c, bool distinct)
    {
        yield return new($"count({c.Raw})", v => c.Values = Cells.Long(v));
        if (c.IsGrouped && distinct) yield return new($"uniqCombined64(15)({c.Told})", v => c.Distinct = Cells.Long(v));
        var more = c.Kind switch
        {
            FieldKind.Integral or FieldKind.Fractional => Numbers(c),
            FieldKind.String => Texts(c),
            FieldKind.Date or FieldKind.Timestamp => Times(c),
            FieldKind.Array => Arrays(c),
            _ => [],
        };
        foreach (var figure in more) yield return figure;
    }

    private static IEnumerable<Figure> Numbers(Column c)
    {
        yield return new($"count({c.Finite})", v => c.Usable = Cells.Long(v));
        yield return new($"min({c.Finite})", v => (c.Min, c.MinReal) = (v, Cells.Real(v)));
        yield return new($"max({c.Finite})", v => (c.Max, c.MaxReal) = (v, Cells.Real(v)));
        yield return new(c.IsFloat ? $"sumKahan({c.Finite})" : $"sum({c.Value})", v => c.Sum = v);
        if (c.Pivot is { } pivot)
            foreach (var figure in Moments.Around(c, pivot)) yield return figure;
    }

    private static IEnumerable<Figure> Texts(Column c)
    {
        yield return new($"min(lengthUTF8({c.Value}))", v => c.MinLength = v is null ? null : Cells.Long(v));
        yield return new($"max(lengthUTF8({c.Value}))", v => c.MaxLength = v is null ? null : Cells.Long(v));
        yield return new($"avg(lengthUTF8({c.Value}))", v => c.MeanLength = Cells.Real(v));
        yield return new($"max(length({c.Value}))", v => c.MaxBytes = Cells.Long(v));
    }

    /// <summary>Infinities are counted only.</summary>
    private static IEnumerable<Figure> Times(Column c)
    {
        var usable = c.TextTimes ? TimeText.Usable(c.Value) : c.Value;
        yield return new($"count({usable})", v => c.Usable = Cells.Long(v));
        yield return new(c.TextTimes ? $"argMin({usable}, {TimeText.Order(c.Value)})" : $"min({usable})", v => c.Min = v);
        yield return new(c.TextTimes ? $"argMax({usable}, {TimeText.Order(c.Value)})" : $"max({usable})", v => c.Max = v);
    }

    private static IEnumerable<Figure> Arrays(Column c)
    {
        var length = c.Raw == c.Value ? $"length({c.Value})" : $"if(isNull({c.Raw}), NULL, length({c.Value}))";
        yield return new($"min({length})", v => c.MinLength = v is null ? null : Cells.Long(v));
        yield return new($"max({length})", v => c.MaxLength = v is null ? null : Cells.Long(v));
        yield return new($"avg({length})", v => c.MeanLength = Cells.Real(v));
        yield return new($"stddevPopStable({length})", v => c.StdDevLength = Cells.Real(v));
    }
}
