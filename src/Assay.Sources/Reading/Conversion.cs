namespace Assay.Sources.Reading;

/// <summary>A type of the engine that a staged text column may become, once a look at all of its values says that they fit.</summary>
internal sealed class Conversion
{
    /// <summary>Digits that the engine's widest decimal holds.</summary>
    private const int MostDigits = 76;

    /// <summary>Digits that always fit 64 bits.</summary>
    private const int DigitsOfInt64 = 18;

    private readonly string[] survey;
    private readonly Func<string, object?[], string?> convert;

    /// <param name="survey">Aggregates over the column, which stands as <c>{0}</c>.</param>
    /// <param name="convert">The expression, given the column and what the aggregates found; null leaves the column as it is staged.</param>
    public Conversion(string[] survey, Func<string, object?[], string?> convert) => (this.survey, this.convert) = (survey, convert);

    /// <summary>Exact numbers: as a decimal of just the digits that occur; infinite ones and NaN, or too many digits, stay text.</summary>
    public static Conversion Decimal { get; } = new(
        [
            "countIf(NOT match({0}, '^-?[0-9]+([.][0-9]+)?$'))",
            "max(length(extract({0}, '^-?([0-9]+)')))",
            "max(length(extract({0}, '[.]([0-9]+)$')))",
        ],
        (column, seen) => Number(seen[0]) == 0 && Number(seen[1]) + Number(seen[2]) <= MostDigits
            ? $"CAST({column}, 'Nullable(Decimal({Math.Max(1, Number(seen[1]) + Number(seen[2]))}, {Number(seen[2])}))')"
            : null);

    /// <summary>Days from 1900 to 2299, which is the engine's calendar. A day that no calendar has, such as zero or 31 February, keeps the column text.</summary>
    public static Conversion Date { get; } = new(
        ["countIf(NOT match({0}, '^(19|2[012])[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}$') OR ifNull(toString(toDate32OrNull({0})) != {0}, isNotNull({0})))"],
        (column, seen) => Number(seen[0]) == 0 ? $"CAST({column}, 'Nullable(Date32)')" : null);

    /// <summary>Whole numbers without a narrow type of their own: 64 bits where all fit, otherwise as <see cref="Decimal"/>.</summary>
    public static Conversion Whole { get; } = new(
        Decimal.survey,
        (column, seen) => Number(seen[0]) == 0 && Number(seen[2]) == 0 && Number(seen[1]) <= DigitsOfInt64
            ? $"CAST({column}, 'Nullable(Int64)')"
            : Decimal.convert(column, seen));

    /// <summary>
    /// Moments from 1900 to 2299 with microseconds, or to 2261 with nanoseconds where those occur; more digits stay text. Those
    /// without a zone count as UTC.
    /// </summary>
    public static Conversion Timestamp { get; } = new(
        [
            "countIf(NOT match({0}, '^(19|2[012])[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}} [0-9:.]+([+]00)?$') "
            + "OR ifNull(toString(toDate32OrNull(substring({0}, 1, 10))) != substring({0}, 1, 10), isNotNull({0})))",
            "max(length(extract({0}, '[.]([0-9]+)')))",
            "countIf(substring({0}, 1, 4) > '2261')",
        ],
        (column, seen) => Number(seen[0]) > 0 ? null : Number(seen[1]) switch
        {
            <= 6 => Moment(column, 6),
            <= 9 when Number(seen[2]) == 0 => Moment(column, 9),
            _ => null,
        });

    /// <summary>How many figures the look gives.</summary>
    public int Figures => survey.Length;

    /// <summary>The aggregates that tell whether the values fit. NULLs count for nothing.</summary>
    public IEnumerable<string> Survey(string column) => survey.Select(s => string.Format(null, s, column));

    /// <summary>The expression that converts, or null where a value does not fit.</summary>
    public string? Convert(string column, object?[] seen) => convert(column, seen);

    private static string Moment(string column, int digits) =>
        $"CAST(replaceRegexpOne({column}, '[+]00$', ''), 'Nullable(DateTime64({digits}, \\'UTC\\'))')";

    /// <summary>A count among the figures.</summary>
    public static long Number(object? figure) => figure is null ? 0 : System.Convert.ToInt64(figure, null);
}
