namespace Assay.Server.Store;

/// <summary>Times as the metadata store keeps them: whole microseconds since 1970-01-01 UTC.</summary>
internal static class Microseconds
{
    public const long PerDay = TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond;

    public static long From(DateTime time) => (time.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTime ToTime(long value) => DateTime.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);

    /// <summary>Now, cut to what the store can hold, so that a value reads back as it was written.</summary>
    public static DateTime UtcNow(this TimeProvider clock) => ToTime(From(clock.GetUtcNow().UtcDateTime));
}
