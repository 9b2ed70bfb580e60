using System.Globalization;
using System.Numerics;

namespace Assay.Engine;

/// <summary>A decimal of up to 76 digits: <see cref="Unscaled"/> divided by ten to the power of <see cref="Scale"/>.</summary>
public readonly record struct EngineDecimal(BigInteger Unscaled, int Scale) : IFormattable
{
    /// <summary>The value as a .NET decimal, where its 28 digits are enough.</summary>
    public bool TryToDecimal(out decimal value) =>
        decimal.TryParse(ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out value) && value.ToString(CultureInfo.InvariantCulture) == ToString();

    /// <summary>All digits, <see cref="Scale"/> of them behind the point.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var sign = Unscaled.Sign < 0 ? "-" : "";
        return Scale == 0 ? sign + digits : $"{sign}{digits[..^Scale]}.{digits[^Scale..]}";
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
