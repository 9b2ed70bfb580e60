namespace Assay.Quality.Profiling;

/// <summary>
/// Decimals that came as text, since there is NaN or an infinity among them, which no decimal of the engine can be: the others are computed
/// on as decimals all the same, so that no digit is lost.
/// </summary>
internal static class ExactNumbers
{
    private const int MostDigits = 76, MostDigitsOf128 = 38;

    private const string Inexact = "It holds numbers that no decimal has room for: its figures are those of floating point numbers, of which values that differ only beyond 16 digits are one.";

    public static async Task RunAsync(ColumnStatements statements, IReadOnlyList<Column> columns, CancellationToken cancel)
    {
        var seen = columns.Where(c => c.IsTextNumber && !c.Inferred && c.Kind == FieldKind.Fractional).ToDictionary(c => c, _ => new Digits());
        if (seen.Count == 0) return;
        await statements.AggregateAsync(seen.Keys, c => Figures(c, seen[c]), _ => 1024, "", cancel);
        foreach (var (column, digits) in seen)
            if (column.Message is null && digits.Numbers > 0) Take(column, digits);
    }

    private static void Take(Column column, Digits digits)
    {
        // Whoever writes exponents means floating point numbers.
        if (digits.Other > 0) return;
        var all = Math.Max(1, digits.Whole) + digits.Fraction;
        if (all > MostDigits) column.Note = Inexact;
        else if (all <= MostDigitsOf128) column.TakeExactly($"Decimal({MostDigitsOf128}, {digits.Fraction})", $"toDecimal128OrNull({column.Raw}, {digits.Fraction})");
        else column.TakeExactly($"Decimal({MostDigits}, {digits.Fraction})", $"toDecimal256OrNull({column.Raw}, {digits.Fraction})");
    }

    private static IEnumerable<Figure> Figures(Column c, Digits digits)
    {
        yield return new($"countIf(match({c.Raw}, '^-?[0-9]'))", v => digits.Numbers = Cells.Long(v));
        yield return new($"countIf(NOT match({c.Raw}, '^(-?[0-9]+([.][0-9]+)?|NaN|-?Infinity)$'))", v => digits.Other = Cells.Long(v));
        yield return new($"max(length(extract({c.Raw}, '^-?([0-9]+)')))", v => digits.Whole = Cells.Long(v));
        yield return new($"max(length(extract({c.Raw}, '[.]([0-9]+)$')))", v => digits.Fraction = Cells.Long(v));
    }

    /// <summary>What stands in a column's texts.</summary>
    private sealed class Digits
    {
        /// <summary>Texts that are numbers, and those that are neither numbers nor NaN nor infinite.</summary>
        public long Numbers, Other;
        /// <summary>Digits before and behind the point, of the number with most of them.</summary>
        public long Whole, Fraction;
    }
}
