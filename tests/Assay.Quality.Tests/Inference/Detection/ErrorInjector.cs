using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Quality.Tests.Inference.Detection;

/// <summary>Breaks cells of a table in known ways, the same for the same seed: what <c>bench/detection/inject.mjs</c> does to files.</summary>
internal sealed partial class ErrorInjector(int seed)
{
    private readonly Random random = new(seed);

    public static string[] Kinds { get; } = ["typo", "swap", "missing", "format", "outlier", "duplicate"];

    /// <summary>A copy of the rows in which one row in so many has an error, and which kind each cell that differs is of.</summary>
    public (string[][] Rows, Dictionary<(int Row, int Column), string> Errors) Break(IReadOnlyList<string[]> rows, double rate)
    {
        var errors = new Dictionary<(int, int), string>();
        string[][] broken = [.. rows.Select((original, r) =>
        {
            if (random.NextDouble() >= rate) return original;
            var kind = Pick(Kinds);
            var row = Break(kind, [.. original], rows);
            for (var c = 0; c < row.Length; c++)
                if (row[c] != original[c]) errors[(r, c)] = kind;
            return row;
        })];
        return (broken, errors);
    }

    private string[] Break(string kind, string[] row, IReadOnlyList<string[]> rows)
    {
        var any = random.Next(row.Length);
        switch (kind)
        {
            case "typo" when At(row, v => Letters().IsMatch(v)) is { } at: row[at] = Typo(row[at]); break;
            case "swap": var other = random.Next(row.Length); (row[any], row[other]) = (row[other], row[any]); break;
            case "missing": row[any] = ""; break;
            case "format": row[any] = Reformat(row[any]); break;
            case "outlier" when At(row, v => IsNumber(v, out var number) && number != 0) is { } at:
                row[at] = (double.Parse(row[at], CultureInfo.InvariantCulture) * Pick(100, -1)).ToString(CultureInfo.InvariantCulture);
                break;
            case "duplicate": return [.. rows[random.Next(rows.Count)]];
        }

        return row;
    }

    private string Typo(string v)
    {
        var i = 1 + random.Next(v.Length - 2);
        return Pick($"{v[..i]}{v[i + 1]}{v[i]}{v[(i + 2)..]}", $"{v[..i]}{v[i]}{v[i..]}", $"{v[..i]}{v[(i + 1)..]}", $"{v[..i]}{(char)('a' + random.Next(26))}{v[(i + 1)..]}");
    }

    private string Reformat(string v) => Day().IsMatch(v)
        ? Pick(v.Replace("-0", "-", StringComparison.Ordinal), Day().Replace(v, "$3/$2/$1"))
        : IsNumber(v, out var number) ? Pick($"{v} USD", number.ToString("N3", CultureInfo.InvariantCulture)) : Pick(v.ToUpperInvariant(), v.ToLowerInvariant(), $"  {v}");

    private int? At(string[] row, Func<string, bool> fits)
    {
        var places = Enumerable.Range(0, row.Length).Where(i => fits(row[i])).ToList();
        return places.Count == 0 ? null : places[random.Next(places.Count)];
    }

    private T Pick<T>(params T[] of) => of[random.Next(of.Length)];

    private static bool IsNumber(string v, out double number) => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    [GeneratedRegex("^(\\d{4})-(\\d\\d)-(\\d\\d)")]
    private static partial Regex Day();

    [GeneratedRegex("[A-Za-z]{3}")]
    private static partial Regex Letters();
}
