using System.Globalization;

namespace Assay.Engine;

/// <summary>A moment with eight or nine digits of the second, more than .NET's clocks have.</summary>
/// <param name="Units">Units of ten to the power of minus <see cref="Scale"/> seconds since 1970-01-01 UTC.</param>
/// <param name="Scale">8 or 9.</param>
public readonly record struct EngineTimestamp(long Units, int Scale)
{
    /// <summary>The moment, cut to .NET's 100 nanoseconds.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks((long)Math.Floor(Units / (decimal)Math.Pow(10, Scale - 7)));

    /// <summary>ISO 8601 in UTC with all digits.</summary>
    public override string ToString()
    {
        var perSecond = (long)Math.Pow(10, Scale);
        var seconds = Math.DivRem(Units, perSecond, out var fraction);
        if (fraction < 0)
            (seconds, fraction) = (seconds - 1, fraction + perSecond);
        var second = DateTimeOffset.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return $"{second}.{fraction.ToString(CultureInfo.InvariantCulture).PadLeft(Scale, '0')}Z";
    }
}
