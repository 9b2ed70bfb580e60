using System.Globalization;
using System.Numerics;

namespace Assay.Engine;

/// <summary>Turns a cell into the type a caller asks for.</summary>
internal static class ValueConversion
{
    internal static T To<T>(object? value)
    {
        if (value is T same)
            return same;
        var wanted = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (value is null)
        {
            return default(T) is null
                ? default!
                : throw new InvalidCastException($"The value is NULL, and {wanted.Name} has none.");
        }

        return (T)Number(value, wanted);
    }

    private static object Number(object value, Type wanted) => value switch
    {
        Int128 number => Number((BigInteger)number, wanted),
        UInt128 number => Number((BigInteger)number, wanted),
        BigInteger number when wanted == typeof(Int128) => (Int128)number,
        BigInteger number when wanted == typeof(UInt128) => (UInt128)number,
        BigInteger number when wanted == typeof(long) => (long)number,
        BigInteger number when wanted == typeof(ulong) => (ulong)number,
        BigInteger number when wanted == typeof(decimal) => (decimal)number,
        BigInteger number when wanted == typeof(double) => (double)number,
        byte or sbyte or short or ushort or int or uint or long or ulong when wanted == typeof(BigInteger) =>
            new BigInteger(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        EngineDecimal number when wanted == typeof(decimal) => number.TryToDecimal(out var exact) ? exact : throw new OverflowException(),
        byte or sbyte or short or ushort or int or uint or long or ulong or float or decimal when wanted.IsPrimitive || wanted == typeof(decimal) =>
            Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture),
        _ => throw new InvalidCastException($"The value is a {value.GetType().Name}, not a {wanted.Name}."),
    };
}
