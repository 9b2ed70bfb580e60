using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Sources.Files.Schema;

/// <summary>
/// The narrowest of the engine's types that holds the values of two others: files of one container may have been written with
/// numbers of different widths. May it be missing in one of them, the reader adds that.
/// </summary>
internal static partial class NativeTypes
{
    private const string Double = "Float64";
    private const int WidestInteger = 256, MostDigits = 76;

    public static string WidestNumber(string a, string b) => (Shape(a), Shape(b)) switch
    {
        ({ Family: "Float" } x, { Family: "Float" } y) => x.Width >= y.Width ? Bare(a) : Bare(b),
        ({ Family: "Float" }, _) or (_, { Family: "Float" }) => Double,
        ({ Scale: null } x, { Scale: null } y) => Integer(x, y),
        var (x, y) => Decimal(x, y),
    };

    /// <summary>Of two times the one with more digits of a second.</summary>
    public static string WidestTime(string a, string b) => Digits(a) >= Digits(b) ? Bare(a) : Bare(b);

    private static string Integer(NumberShape a, NumberShape b)
    {
        if (a.Signed == b.Signed) return $"{a.Family}{Math.Max(a.Width, b.Width)}";
        var (signed, unsigned) = a.Signed ? (a, b) : (b, a);
        // All unsigned values need one bit more, and widths come doubled.
        return $"Int{Math.Min(WidestInteger, Math.Max(signed.Width, 2 * unsigned.Width))}";
    }

    private static string Decimal(NumberShape a, NumberShape b)
    {
        var scale = Math.Max(a.Scale ?? 0, b.Scale ?? 0);
        var before = Math.Max(Before(a), Before(b));
        return before + scale <= MostDigits ? $"Decimal({before + scale}, {scale})" : Double;
    }

    /// <summary>Digits before the point.</summary>
    private static int Before(NumberShape number) => number.Scale is { } scale ? number.Width - scale : (int)Math.Ceiling(number.Width * Math.Log10(2));

    /// <param name="Width">Bits, and of decimals digits.</param>
    /// <param name="Scale">Digits after the point; null for what is no decimal.</param>
    private sealed record NumberShape(string Family, bool Signed, int Width, int? Scale);

    private static NumberShape Shape(string type)
    {
        var match = Number().Match(Bare(type));
        int Group(string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        if (match.Groups["precision"].Success) return new NumberShape("Decimal", true, Group("precision"), Group("scale"));
        return match.Success ? new NumberShape(match.Groups["family"].Value, match.Groups["family"].Value != "UInt", Group("width"), null) : new NumberShape("Float", true, 64, null);
    }

    private static int Digits(string type) => Seconds().Match(Bare(type)) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static string Bare(string type)
    {
        while (Wrapper().Match(type) is { Success: true } wrapped) type = wrapped.Groups[1].Value;
        return type;
    }

    [GeneratedRegex(@"^(?:(?<family>U?Int|Float)(?<width>\d+)|Decimal\((?<precision>\d+), ?(?<scale>\d+)\))$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^DateTime64\((\d+)")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"^(?:Nullable|LowCardinality)\((.*)\)$")]
    private static partial Regex Wrapper();
}
