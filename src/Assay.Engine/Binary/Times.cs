namespace Assay.Engine.Binary;

/// <summary>Dates and times.</summary>
internal static class Times
{
    // Beyond seven digits a .NET tick is too coarse.
    private const int TickDigits = 7;

    internal static readonly DateOnly Epoch = new(1970, 1, 1);

    internal static CellReader Moment(int scale)
    {
        if (scale > TickDigits)
            return (ref c) => new EngineTimestamp(c.Int64(), scale);
        var ticks = TicksPerUnit(scale);
        return (ref c) => DateTimeOffset.UnixEpoch.AddTicks(c.Int64() * ticks);
    }

    internal static CellReader Span(int scale)
    {
        if (scale > TickDigits)
            throw new EngineException(EngineFault.BadType, $"Values of the type Time64({scale}) have more digits than .NET: select them as text with toString(...).");
        var ticks = TicksPerUnit(scale);
        return (ref c) => TimeSpan.FromTicks(c.Int64() * ticks);
    }

    private static long TicksPerUnit(int scale) => (long)Math.Pow(10, TickDigits - scale);
}
