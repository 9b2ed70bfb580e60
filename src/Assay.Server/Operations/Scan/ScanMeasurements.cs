using System.Globalization;
using Assay.Engine;
using Assay.Quality.Scanning;
using Assay.Server.Checks.Writes;
using Assay.Server.Reading;
using Assay.Server.Scans;
using Assay.Server.Store;
using Assay.Sources.Reading;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Scan;

/// <summary>What is known of a container besides its rows: structure, age, volume over time, and what metrics measured last.</summary>
internal sealed class ScanMeasurements(IDbContextFactory<AssayDb> contexts, IEngine engine, TimeProvider clock)
{
    private const int MostVolumes = 1000;

    /// <param name="rows">Null where there are none of the container's own: what only they tell is then not known.</param>
    /// <param name="whole">Whether the rows are all of the container's, so that their number is its volume.</param>
    public async Task<ContainerMeasurements> OfAsync(StoredContainer stored, IReadOnlyList<StoredCheck> checks, EngineRows? rows, bool whole, CancellationToken cancel)
    {
        bool Any(params string[] rules) => checks.Any(c => rules.Contains(c.Definition.Rule));
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return new ContainerMeasurements
        {
            Fields = [.. stored.Fields.Where(f => f.Status != Fields.FieldStatus.Missing).Select(CheckReviewer.Type)],
            ExpectedTypes = checks.SelectMany(c => c.ExpectedTypes).DistinctBy(t => t.Key).ToDictionary(t => t.Key, t => t.Value),
            LastModified = rows is not null && Any("freshness") ? await LastModifiedAsync(stored, rows, cancel) : null,
            Volumes = rows is not null && Any("volumetric") ? await VolumesAsync(db, stored, rows, whole, cancel) : [],
            LastValues = Any("metric") ? await LastValuesAsync(db, checks, cancel) : new Dictionary<long, decimal>(),
        };
    }

    private async Task<DateTimeOffset?> LastModifiedAsync(StoredContainer stored, EngineRows rows, CancellationToken cancel)
    {
        if (stored.Row.ContainerType == "file") return stored.Partitions.Max(p => p.Modified) is { } modified ? new DateTimeOffset(modified, TimeSpan.Zero) : null;
        if (stored.Row.IncrementalFieldName is not { } field || stored.Row.IncrementalIdentifierType != "last-modified" || stored.Readable.All(f => f.Name != field)) return null;
        return (await engine.ListAsync(rows.Query($"SELECT max({EngineName.Quote(field)}) FROM ({rows.Sql})"), cancel))[0][0] switch
        {
            DateTimeOffset time => time,
            DateOnly day => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            _ => null,
        };
    }

    private async Task<IReadOnlyList<VolumeMeasurement>> VolumesAsync(AssayDb db, StoredContainer stored, EngineRows rows, bool whole, CancellationToken cancel)
    {
        var earlier = await db.Set<ContainerScan>().AsNoTracking().Where(s => s.ContainerId == stored.Row.Id && s.Result == OperationResult.Success && s.Whole && s.RecordsProcessed > 0)
            .OrderByDescending(s => s.Id).Take(MostVolumes).Select(s => new { s.Created, s.RecordsProcessed }).ToListAsync(cancel);
        var volumes = earlier.Select(s => new VolumeMeasurement(new DateTimeOffset(s.Created, TimeSpan.Zero), s.RecordsProcessed)).Reverse().ToList();
        if (whole) volumes.Add(new VolumeMeasurement(clock.GetUtcNow(), await engine.ScalarAsync<long>(rows.Query($"SELECT toInt64(count()) FROM ({rows.Sql})"), cancel)));
        return volumes;
    }

    private static async Task<IReadOnlyDictionary<long, decimal>> LastValuesAsync(AssayDb db, IReadOnlyList<StoredCheck> checks, CancellationToken cancel)
    {
        var last = new Dictionary<long, decimal>();
        foreach (var check in checks.Where(c => c.Definition.Rule == "metric"))
            if (await db.Set<CheckResult>().Where(r => r.CheckId == check.Definition.Id && r.Measurement != null).OrderByDescending(r => r.ContainerScanId)
                    .Select(r => r.Measurement).FirstOrDefaultAsync(cancel) is { } text)
                last[check.Definition.Id] = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return last;
    }
}
