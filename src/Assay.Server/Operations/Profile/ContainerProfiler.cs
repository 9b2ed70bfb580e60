using Assay.Engine;
using Assay.Quality.Computed.Fields;
using Assay.Quality.Inference;
using Assay.Quality.Profiling;
using Assay.Server.Checks.Inference;
using Assay.Server.Containers.Computed;
using Assay.Server.Operations.Running;
using Assay.Server.Profiles;
using Assay.Server.Reading;
using Assay.Sources.Reading;

namespace Assay.Server.Operations.Profile;

/// <summary>Profiles one container: its rows into the engine, its figures out of it, and the result into the store.</summary>
internal sealed class ContainerProfiler(ContainerReader reader, ComputedTableRefresh computedTables, IEngine engine, CheckInference inference, GroupProfiler groups, InferredChecks checks, MeasuredChecks measured, ProfileStore profiles)
{
    private const string Vanished = "The container was deleted.";

    public async Task<ProfiledContainer> RunAsync(OperationRun run, TargetContainer target, ProfileSettings settings, IProgress<long> progress, CancellationToken cancel)
    {
        if (await reader.FindAsync(target.Id, cancel) is not { } found || await computedTables.RunAsync(found, cancel) is not { } known) return new(target.Name, 0, 0, 0, Vanished);
        var stored = known.WithNew();
        if (stored.Readable.Count == 0) return await FailAsync(run, target, "It has no field that may be read: its source shows none, or all are excluded.", cancel);
        var canSample = reader.CanSample(stored);
        var how = canSample && ProfileRead.NeedsCount(stored, settings) ? How(await reader.CountAsync(stored, cancel)) : How(null);
        var (profile, grouped, inferred) = await TryAsync();
        if (how.IsShort(profile.Read) && await reader.CountAsync(stored, cancel) is { } counted)
        {
            how = How(counted);
            (profile, grouped, inferred) = await TryAsync();
        }
        // Checks first: with them written a second time, an interrupted profile changes nothing.
        var synchronized = await checks.SaveAsync(run, stored, inferred, settings, cancel);
        await profiles.SaveAsync(run, stored, profile, grouped, how, cancel);
        await measured.SaveAsync(stored, cancel);
        return new(target.Name, profile.Rows, profile.Fields.Count, Math.Max(1, PartitionProfile.Names(stored, profile, how).Count), null, Warning(profile, grouped))
        {
            Checks = synchronized,
        };

        ProfileRead How(long? counted) => ProfileRead.Of(stored, settings, canSample, counted, reader.TellsPartitions(stored));

        Task<(ContainerFields, GroupedProfile, IReadOnlyList<InferredCheck>)> TryAsync() => engine.RetryOnceAsync((_, stop) => ReadAsync(stored, settings, how, progress, stop), cancel);
    }

    /// <summary>Reads the container once; the figures of all its rows, of its groups, and the checks that they speak for are computed in the engine.</summary>
    private async Task<(ContainerFields Found, GroupedProfile Grouped, IReadOnlyList<InferredCheck> Checks)> ReadAsync(
        StoredContainer stored, ProfileSettings settings, ProfileRead how, IProgress<long> progress, CancellationToken cancel)
    {
        var (fields, options, groupings) = (ProfileFields.Of(stored), Options(settings, how), GroupProfiler.Of(stored));
        var faults = new List<(string Field, FormulaFault Fault)>();
        await using var rows = await OpenAsync(stored, how, groupings.Count > 0, progress, faults, cancel);
        var profile = await new Profiler(new WatchedEngine(engine, progress)).RunAsync(Source(rows, stored, how), fields, options, cancel);
        profile = profile with { Fields = [.. profile.Fields.Select(f => faults.FirstOrDefault(x => x.Field == f.Name).Fault is { } fault ? f with { Message = $"It cannot be computed: {fault.Message}." } : f)] };
        if (groupings.Count == 0) return (profile, GroupedProfile.None, await inference.RunAsync(stored, rows.Sql, rows.Bind, rows.Types, profile, settings, true, cancel));
        var grouped = await groups.RunAsync(stored, groupings, rows, fields, options, settings, cancel);
        return (profile, grouped, grouped.Checks);
    }

    /// <summary>Rows that are read many times over are brought into the engine first, so that the source and the formulas are gone through once.</summary>
    private async Task<EngineRows> OpenAsync(
        StoredContainer stored, ProfileRead how, bool grouped, IProgress<long> progress, ICollection<(string Field, FormulaFault Fault)> faults, CancellationToken cancel)
    {
        var rows = await reader.OpenAsync(stored, read => how.Shape(read, stored), cancel, progress, faults);
        return stored.Computed.Count > 0 || grouped && !rows.IsStaged ? await rows.StageAsync(engine, cancel) : rows;
    }

    private static string? Warning(ContainerFields found, GroupedProfile grouped)
    {
        var faulty = found.Fields.Where(f => f.Message is not null).Select(f => $"{f.Name} ({f.Message})").ToList();
        var lines = faulty.Count == 0 ? [] : new List<string> { $"not everything could be computed of {string.Join(", ", faulty.Take(3))}{(faulty.Count > 3 ? $" and {faulty.Count - 3} more fields" : "")}" };
        if (grouped.Warning is { } warning) lines.Add(warning);
        return lines.Count == 0 ? null : $"{string.Join("; ", lines)}.";
    }

    public async Task<ProfiledContainer> FailAsync(OperationRun run, TargetContainer target, string problem, CancellationToken cancel)
    {
        await profiles.SaveFailureAsync(run, target.Id, problem, cancel);
        return new(target.Name, 0, 0, 0, problem);
    }

    /// <summary>Notes that it was being read when the operation was aborted.</summary>
    public async Task AbortAsync(OperationRun run, TargetContainer target)
    {
        using var patience = new CancellationTokenSource(OperationLease.Length);
        await profiles.SaveAbortAsync(run, target.Id, patience.Token);
    }

    private static RowsToProfile Source(EngineRows rows, StoredContainer stored, ProfileRead how) => new(rows.Sql, rows.Bind, rows.IsStaged)
    {
        InMemory = rows.InMemory,
        Rows = rows.IsStaged ? rows.Rows : how.Counted ?? stored.Row.Records,
        Bytes = stored.Bytes,
        Types = rows.Types,
        CountSql = rows.CountSql,
        PartitionColumn = how.ByPartition ? ProfileRead.PartitionColumn : null,
    };

    private static ProfileOptions Options(ProfileSettings settings, ProfileRead how) => new()
    {
        MostRows = how.MostRows,
        HistogramValues = settings.HistogramMaxDistinctValues,
        Correlation = settings.HighCorrelationThreshold,
    };
}
