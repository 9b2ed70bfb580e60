using System.Globalization;
using Assay.Engine;
using Assay.Server.Reading;
using Assay.Server.Scans;
using Assay.Server.Scans.Results;
using Assay.Server.Store;
using Assay.Sources.Reading;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Scan;

/// <summary>
/// Where the read of a container begins, and up to where it got. The bound is exclusive and is looked up before the rows are judged, so
/// that rows which arrive meanwhile are looked at by the next scan once more rather than never.
/// </summary>
internal sealed class ScanBounds(IDbContextFactory<AssayDb> contexts, IEngine engine)
{
    private const string Times = "last-modified";

    /// <returns>What to read after; null for everything.</returns>
    public async Task<IncrementalBound?> BeginAsync(StoredContainer stored, ScanSettings settings, CancellationToken cancel)
    {
        var (field, isFile) = (stored.Row.IncrementalFieldName, stored.Row.ContainerType == "file");
        if (settings.GreaterThanTime is { } time && (isFile || (field is not null && stored.Row.IncrementalIdentifierType == Times)))
            return isFile ? new IncrementalBound(Modified: Utc(time)) : new IncrementalBound(field, Utc(time));
        if (settings.GreaterThanBatch is { } batch && !isFile && field is not null && stored.Row.IncrementalIdentifierType == "batch-value")
            return new IncrementalBound(field, (decimal)batch);
        if (!settings.Incremental || (field is null && !isFile)) return null;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var checkpoint = await db.Set<ScanCheckpoint>().AsNoTracking().FirstOrDefaultAsync(c => c.ContainerId == stored.Row.Id, cancel);
        if (checkpoint is null || checkpoint.Field != (isFile ? "" : field)) return null; // the first scan, or the field has changed
        if (isFile) return new IncrementalBound(Modified: Time(checkpoint.Value));
        return new IncrementalBound(field, decimal.TryParse(checkpoint.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : Time(checkpoint.Value));
    }

    /// <summary>The highest value of the incremental field among the rows; null where the container has none, or there are no rows.</summary>
    public async Task<FoundCheckpoint?> EndAsync(StoredContainer stored, EngineRows rows, CancellationToken cancel)
    {
        if (stored.Row.ContainerType == "file")
            return stored.Partitions.Max(p => p.Modified) is { } modified ? new FoundCheckpoint("", Text(new DateTimeOffset(modified, TimeSpan.Zero))!) : null;
        if (stored.Row.IncrementalFieldName is not { } field || stored.Readable.All(f => f.Name != field)) return null;
        var highest = (await engine.ListAsync(rows.Query($"SELECT max({EngineName.Quote(field)}) FROM ({rows.Sql})"), cancel))[0][0];
        return Text(highest) is { } text ? new FoundCheckpoint(field, text) : null;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc), TimeSpan.Zero);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
