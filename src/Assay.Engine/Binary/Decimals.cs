using System.Numerics;

namespace Assay.Engine.Binary;

/// <summary>Decimal(P, S): an integer of 4, 8, 16 or 32 bytes, to be divided by ten to the power of S.</summary>
internal static class Decimals
{
    // What a .NET decimal holds whatever the digits are.
    private const int DecimalDigits = 28;

    internal static CellReader Reader(int precision, int scale)
    {
        var width = precision switch { <= 9 => 4, <= 18 => 8, <= 38 => 16, _ => 32 };
        if (precision > DecimalDigits)
            return (ref c) => new EngineDecimal(new BigInteger(c.Take(width)), scale);
        return (ref c) =>
        {
            var unscaled = new BigInteger(c.Take(width));
            var magnitude = (UInt128)BigInteger.Abs(unscaled);
            return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), unscaled.Sign < 0, (byte)scale);
        };
    }
}
