using System.Globalization;
using System.Numerics;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>Reads figures out of results.</summary>
internal static class Cells
{
    public static long Long(object? value) => value is null ? 0 : (long)Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    /// <summary>As a double; null for NULL, NaN and infinities, which JSON cannot hold.</summary>
    public static double? Real(object? value)
    {
        double? number = value switch
        {
            null => null,
            double d => d,
            float f => f,
            BigInteger big => (double)big,
            Int128 wide => (double)wide,
            UInt128 wide => (double)wide,
            EngineDecimal exact => double.Parse(exact.ToString(), CultureInfo.InvariantCulture),
            IConvertible other => other.ToDouble(CultureInfo.InvariantCulture),
            _ => null,
        };
        return number is { } finite && double.IsFinite(finite) ? finite : null;
    }

    public static double[]? Reals(object? array) => array is object?[] { Length: > 0 } items && items.All(i => Real(i) is not null)
        ? [.. items.Select(i => Real(i)!.Value)] : null;

    public static string Literal(double value) => $"toFloat64({EngineLiteral.Quote(value.ToString("R", CultureInfo.InvariantCulture))})";
}
