using System.Text.Json;
using Assay.Engine;
using Assay.Quality.Grouping;
using Assay.Quality.Inference;
using Assay.Quality.Profiling;
using Assay.Quality.Scanning;
using Assay.Server.Checks.Inference;
using Assay.Server.Reading;
using Assay.Sources.Reading;

namespace Assay.Server.Operations.Profile;

/// <summary>Profiles the groups of a container that is grouped by fields, on rows that lie in the engine.</summary>
internal sealed class GroupProfiler(IEngine engine, CheckInference inference, TimeProvider clock)
{
    /// <summary>Groups of one list of fields that are profiled at most; the largest are.</summary>
    public const int MostGroups = 100;

    /// <summary>The lists of fields that a container is grouped by, as far as all of them can be read.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(StoredContainer stored) => stored.Row.GroupByFields is not { } json ? []
        : [.. JsonSerializer.Deserialize<List<List<string>>>(json)!.Where(g => g.Count > 0 && g.All(name => stored.Readable.Any(f => f.Name == name)))];

    public async Task<GroupedProfile> RunAsync(
        StoredContainer stored, IReadOnlyList<IReadOnlyList<string>> groupings, EngineRows rows, IReadOnlyList<ProfileField> fields, ProfileOptions options, ProfileSettings settings, CancellationToken cancel)
    {
        var (parts, checks, warnings) = (new List<ProfiledGroup>(), new List<InferredCheck>(), new List<string>());
        var relation = new Relation(stored.Row.Name, rows.Sql) { Bind = rows.Bind, Fields = [.. stored.Readable.Select(f => StoredContainer.Typed(f))] };
        foreach (var grouping in groupings)
        {
            var found = await FindAsync(relation, grouping, warnings, cancel);
            foreach (var group in found)
            {
                var profile = await new Profiler(engine).RunAsync(new RowsToProfile(group.Sql, rows.Bind, InEngine: false), fields, options, cancel);
                parts.Add(new ProfiledGroup(group.Filter, profile));
                var inferred = await inference.RunAsync(stored, group.Sql, rows.Bind, null, profile, settings, false, cancel);
                checks.AddRange(inferred.Where(c => !c.Check.Fields.Any(grouping.Contains)).Select(c => c with { Check = c.Check with { Filter = group.Filter } }));
            }
        }
        return new GroupedProfile(parts, checks, warnings.Count == 0 ? null : string.Join("; ", warnings));
    }

    private async Task<IReadOnlyList<RowGroup>> FindAsync(Relation relation, IReadOnlyList<string> grouping, List<string> warnings, CancellationToken cancel)
    {
        var found = await RowGroups.FindAsync(engine, relation, grouping, MostGroups, clock.GetUtcNow(), cancel);
        if (found.Fault is { } fault) warnings.Add($"it cannot be grouped by {string.Join(", ", grouping)}: {fault}");
        if (found.Count > MostGroups) warnings.Add($"grouped by {string.Join(", ", grouping)} it has {found.Count} groups, of which the {MostGroups} largest were profiled");
        return found.Groups;
    }
}

/// <summary>The profile of one group.</summary>
/// <param name="Filter">Spark SQL that is true for its rows.</param>
internal sealed record ProfiledGroup(string Filter, ContainerFields Found);

/// <summary>What came of the groups of a container.</summary>
/// <param name="Warning">Why some groups are missing; null where none is.</param>
internal sealed record GroupedProfile(IReadOnlyList<ProfiledGroup> Groups, IReadOnlyList<InferredCheck> Checks, string? Warning)
{
    public static readonly GroupedProfile None = new([], [], null);
}
