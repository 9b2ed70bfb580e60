using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Quality.Profiling;

/// <summary>How numbers and times in ISO order are spelled in texts: here as in <see cref="TypeInference.Spelled"/> in the engine.</summary>
internal static partial class SpelledTypes
{
    /// <summary>Leading zeros say that it is a code, not a number.</summary>
    public const string Integral = "^[+-]?(0|[1-9][0-9]{0,17})$";
    public const string Fractional = "^[+-]?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$";
    public const string Timestamp = "^(19|2[012])[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$";

    /// <summary>The days that the engine's type knows.</summary>
    private const int FirstYear = 1900, LastYear = 2299;

    public static bool Is(FieldKind kind, string text) => !text.EndsWith('\n') && kind switch
    {
        FieldKind.Integral => Integrals().IsMatch(text),
        FieldKind.Fractional => Fractionals().IsMatch(text),
        FieldKind.Timestamp => Timestamps().IsMatch(text),
        _ => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= FirstYear and <= LastYear,
    };

    [GeneratedRegex(Integral)]
    private static partial Regex Integrals();

    [GeneratedRegex(Fractional)]
    private static partial Regex Fractionals();

    [GeneratedRegex(Timestamp)]
    private static partial Regex Timestamps();
}
