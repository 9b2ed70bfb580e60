using Assay.Quality.Profiling;
using Assay.Server.Reading;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Profiles;

/// <summary>How large and how fresh a container was, the latest of a day.</summary>
internal sealed class Measurement
{
    public long Id { get; init; }
    public long ContainerId { get; init; }
    /// <summary>Days since 1970-01-01, UTC.</summary>
    public long Day { get; init; }
    public DateTime Created { get; init; }
    public DateTime MeasurementTime { get; init; }
    public long? RowCount { get; init; }
    public long? SizeBytes { get; init; }
    public DateTime? LastModificationTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Measurement>
    {
        public void Configure(EntityTypeBuilder<Measurement> builder) => builder.ToTable("measurements").HasKey(m => m.Id);
    }
}

/// <summary>Records volume and freshness, one row per container and day, for the containers that track either.</summary>
internal static class Measurements
{
    public static async Task RecordAsync(AssayDb db, StoredContainer stored, ContainerFields found, DateTime now, CancellationToken cancel)
    {
        var row = stored.Row;
        if (!row.VolumetricTrackingEnabled && !row.FreshnessTrackingEnabled) return;
        var time = Microseconds.From(now);
        var rows = row.VolumetricTrackingEnabled ? found.Read : (long?)null;
        var size = row.VolumetricTrackingEnabled ? stored.Bytes : null;
        var modified = row.FreshnessTrackingEnabled && Modified(stored, found) is { } last ? Microseconds.From(last) : (long?)null;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO measurements (container_id, day, created, measurement_time, row_count, size_bytes, last_modification_time)
            VALUES ({row.Id}, {time / Microseconds.PerDay}, {time}, {time}, {rows}, {size}, {modified})
            ON CONFLICT (container_id, day) DO UPDATE SET measurement_time = excluded.measurement_time, row_count = excluded.row_count,
                size_bytes = excluded.size_bytes, last_modification_time = excluded.last_modification_time
            """, cancel);
    }

    /// <summary>The latest change of a file, or the largest value of a table's incremental field of times.</summary>
    private static DateTime? Modified(StoredContainer stored, ContainerFields found)
    {
        if (stored.Row.ContainerType == "file") return stored.Partitions.Max(p => p.Modified);
        var max = found.Fields.FirstOrDefault(f => f.Name == stored.Row.IncrementalFieldName && f.Type is FieldKind.Date or FieldKind.Timestamp)?.Max;
        return max is { } text && DateTimeOffset.TryParse(text.GetString(), null, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime : null;
    }
}
